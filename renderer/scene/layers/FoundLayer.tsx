import { useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import { type Latest, useWhole } from "../../bridge/latest.js";
import type { FoundPlace } from "../find/finder.js";
import { SceneLabel } from "../labels/labelBoard.js";
import { LABEL_RANK } from "../labels/labelRank.js";
import { useScene } from "../SceneContext.js";
import { HandlePoints } from "./HandlePoints.js";

/** Marks the place that was searched for, as long as the camera is there for it. */
export function FoundLayer({ shown }: { readonly shown: Latest<FoundPlace | undefined> }) {
  const { frame, surface, labels, palette } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  const found = useWhole(shown);
  const places = useMemo(() => (found ? [found.position] : []), [found]);
  useEffect(() => {
    invalidate();
    if (!found) return undefined;
    const { eastM, northM } = frame.pointOf(found.position);
    const label = new SceneLabel("found");
    Object.assign(label, { eastM, northM, upM: surface.heightM(eastM, northM) });
    label.text = found.label;
    label.tone = "selected";
    label.priority = LABEL_RANK.found;
    return labels.add(label);
  }, [found, frame, surface, labels, invalidate]);
  return <HandlePoints places={places} sizePx={16} fill={palette.aircraft} rim={palette.select} />;
}

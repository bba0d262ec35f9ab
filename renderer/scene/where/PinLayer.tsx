import { useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import type { Position } from "../../../src/geo/position.js";
import { type Latest, useWhole } from "../../bridge/latest.js";
import { HandlePoints } from "../layers/HandlePoints.js";
import { useScene } from "../SceneContext.js";

/** The place that the card tells about. */
export function PinLayer({ pinned }: { readonly pinned: Latest<Position | undefined> }) {
  const { palette } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  const place = useWhole(pinned);
  const places = useMemo(() => (place ? [place] : []), [place]);
  useEffect(() => invalidate(), [place, invalidate]);
  return <HandlePoints places={places} sizePx={13} fill={palette.select} rim={palette.aircraft} />;
}

import { useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import { useWhole } from "../../bridge/latest.js";
import { HandlePoints } from "../layers/HandlePoints.js";
import { useScene } from "../SceneContext.js";
import type { SceneWhere } from "../sceneTypes.js";

/** The place that the card tells about. */
export function PinLayer({ where }: { readonly where: SceneWhere | undefined }) {
  return where ? <Pin pinned={where.pinned} /> : null;
}

function Pin({ pinned }: Pick<SceneWhere, "pinned">) {
  const { palette } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  const place = useWhole(pinned);
  const places = useMemo(() => (place ? [place] : []), [place]);
  useEffect(() => invalidate(), [place, invalidate]);
  return <HandlePoints places={places} sizePx={13} fill={palette.select} rim={palette.aircraft} />;
}

import { useEffect, useState } from "react";
import type { Position } from "../../src/geo/position.js";
import type { Latest } from "../bridge/latest.js";
import { type SceneFrame, isFarFromOrigin, sceneFrameAt } from "./sceneFrame.js";

// Boulogne's harbour entrance, where the training scenario begins: shown until an origin is known.
const UNTIL_KNOWN: Position = { latitudeDeg: 50.745, longitudeDeg: 1.575 };

export type SceneFocus = { readonly position: Position; readonly altitudeAmslM: number };

/**
 * The scene's local frame: created at the first known origin, kept while the work is within ten kilometres of it,
 * created again beyond. Re-renders only when the frame changes, a few times a day.
 */
export function useSceneFrame(origin: Latest<Position | undefined>, focus: Latest<SceneFocus | undefined>): SceneFrame {
  const [frame, setFrame] = useState<SceneFrame>(() => sceneFrameAt(origin.get() ?? UNTIL_KNOWN));
  const [isKnown, setIsKnown] = useState(() => origin.get() !== undefined);
  useEffect(() => {
    const look = (): void => {
      const wanted = origin.get();
      const place = focus.get()?.position ?? wanted;
      if (wanted && (!isKnown || isFarFromOrigin(frame, wanted))) {
        setIsKnown(true);
        setFrame(sceneFrameAt(wanted));
      } else if (place && isFarFromOrigin(frame, place)) setFrame(sceneFrameAt(place));
    };
    look();
    const stopOrigin = origin.onChange(look);
    const stopFocus = focus.onChange(look);
    return () => {
      stopOrigin();
      stopFocus();
    };
  }, [origin, focus, frame, isKnown]);
  return frame;
}

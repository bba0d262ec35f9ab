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
      // Only one place may call for another frame: were the origin one, too, an aircraft far from it and the origin
      // would take turns for ever.
      const place = focus.get()?.position ?? wanted;
      if (wanted && !isKnown) {
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

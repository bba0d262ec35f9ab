import { useThree } from "@react-three/fiber";
import { useEffect } from "react";
import type { Latest } from "../../bridge/latest.js";
import { useScene } from "../SceneContext.js";
import { drawnShift, type ShownTide } from "../tideWatch.js";

/** Moves the sea's edge with the tide; the coast file's line itself stays where it is drawn. */
export function TideShore({ shown }: { readonly shown: Latest<ShownTide | undefined> }) {
  const { ground } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  useEffect(() => {
    const move = (seawardM: number): void => {
      if (ground.uTideM.value === seawardM) return;
      ground.uTideM.value = seawardM;
      invalidate();
    };
    const follow = (): void => move(drawnShift(shown.get())?.seawardM ?? 0);
    follow();
    const stop = shown.onChange(follow);
    return () => {
      stop();
      move(0);
    };
  }, [shown, ground, invalidate]);
  return null;
}

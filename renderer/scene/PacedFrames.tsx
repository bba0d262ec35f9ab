import { addAfterEffect, useThree } from "@react-three/fiber";
import { useLayoutEffect } from "react";
import { FramePacer, pageClock } from "./framePacer.js";
import type { Quality } from "./quality.js";

const POLL_MS = 8;

/** Replaces the scene's `invalidate` by a frame pacer. Must be the first child of the canvas. */
export function PacedFrames({ quality }: { readonly quality: Quality }) {
  const set = useThree((state) => state.set);
  const get = useThree((state) => state.get);
  useLayoutEffect(() => {
    const { invalidate, gl } = get();
    const { pacing, isCalm } = quality;
    const pacer = new FramePacer(() => invalidate(), pacing, pageClock);
    const context = gl.getContext() as WebGL2RenderingContext;
    set({ invalidate: pacer.request });
    const stop = addAfterEffect(() => {
      if (isCalm) whenDrawn(context, pacer.done);
      else pacer.done();
    });
    pacer.request();
    return () => {
      stop();
      set({ invalidate });
    };
  }, [set, get, quality]);
  return null;
}

/**
 * With software rendering the drawing ends long after the calls have returned; poll a fence instead of waiting, so that
 * the page stays responsive.
 */
function whenDrawn(gl: WebGL2RenderingContext, task: () => void): void {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!fence) {
    task();
    return;
  }
  gl.flush();
  const poll = (): void => {
    const isPending = gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.UNSIGNALED && !gl.isContextLost();
    if (isPending) {
      setTimeout(poll, POLL_MS);
      return;
    }
    gl.deleteSync(fence);
    task();
  };
  setTimeout(poll, POLL_MS);
}

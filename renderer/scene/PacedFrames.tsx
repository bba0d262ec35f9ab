import { addAfterEffect, addEffect, useThree } from "@react-three/fiber";
import { useLayoutEffect } from "react";
import type { FrameDetail } from "./frameDetail.js";
import { FramePacer, pageClock } from "./framePacer.js";
import type { Quality } from "./quality.js";

const POLL_MS = 8;

type PacedFramesProps = { readonly quality: Quality; readonly detail: FrameDetail };

/** Replaces the scene's `invalidate` by a frame pacer, and measures the frames. Must be the first child of the canvas. */
export function PacedFrames({ quality, detail }: PacedFramesProps) {
  const set = useThree((state) => state.set);
  const get = useThree((state) => state.get);
  useLayoutEffect(() => {
    const { invalidate, gl } = get();
    const { pacing, isCalm } = quality;
    const pacer = new FramePacer(() => invalidate(), pacing, pageClock);
    const context = gl.getContext() as WebGL2RenderingContext;
    set({ invalidate: pacer.request });
    let startedMs = 0;
    const stopStart = addEffect(() => {
      startedMs = pageClock.nowMs();
    });
    const stopEnd = addAfterEffect(() => {
      const fromMs = startedMs;
      // A graphics card draws on its own: the next frame need not wait for this one.
      if (!isCalm) pacer.done();
      whenDrawn(context, () => {
        if (isCalm) pacer.done();
        detail.note(pageClock.nowMs() - fromMs);
      });
    });
    pacer.request();
    return () => {
      stopStart();
      stopEnd();
      set({ invalidate });
    };
  }, [set, get, quality, detail]);
  return null;
}

/**
 * The drawing ends after the calls have returned, with software rendering long after; poll a fence instead of waiting, so that
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

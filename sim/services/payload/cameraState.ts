/** A camera with a visible and a thermal sensor, one storage card; a MAVLink component of its own (100). */
export type CameraState = {
  readonly modeId: number;
  /** 0 widest .. 100 most zoomed in. */
  readonly zoomPercent: number;
  readonly focusPercent: number;
  readonly countOfImages: number;
  readonly countOfVideos: number;
  readonly usedMib: number;
  /** Start of the current video recording. */
  readonly recordingSinceMs: number | undefined;
  /** Pictures at an interval; `left` is Infinity when they go on until stopped. */
  readonly shooting: { readonly everyMs: number; readonly left: number; readonly nextAtMs: number } | undefined;
  /** Streams that run. */
  readonly running: ReadonlySet<number>;
};

export const CARD_MIB = 32_000;
export const STREAM = { visible: 1, thermal: 2 } as const;
export const STREAM_IDS: readonly number[] = [STREAM.visible, STREAM.thermal];

const IMAGE_MIB = 4;
const VIDEO_MIB_A_S = 0.5;

export const firstCameraState: CameraState = {
  modeId: 1,
  zoomPercent: 0,
  focusPercent: 50,
  countOfImages: 0,
  countOfVideos: 0,
  usedMib: 1200,
  recordingSinceMs: undefined,
  shooting: undefined,
  running: new Set([STREAM.thermal]),
};

const percent = (value: number): number => Math.min(100, Math.max(0, value));

/** ZOOM_TYPE and SET_FOCUS_TYPE: 0 a step, 1 continuous (treated as a short step), 2 a percentage of the range. */
export function movedTo(before: number, kind: number, value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (kind === 0) return percent(before + Math.sign(value) * 10);
  if (kind === 1) return percent(before + Math.sign(value) * 2);
  return kind === 2 && value >= 0 && value <= 100 ? value : undefined;
}

export function withImage(state: CameraState): CameraState {
  return { ...state, countOfImages: state.countOfImages + 1, usedMib: Math.min(CARD_MIB, state.usedMib + IMAGE_MIB) };
}

export function withRecording(state: CameraState, isOn: boolean, nowMs: number): CameraState {
  if (isOn) return state.recordingSinceMs === undefined ? { ...state, recordingSinceMs: nowMs } : state;
  if (state.recordingSinceMs === undefined) return state;
  const mib = ((nowMs - state.recordingSinceMs) / 1000) * VIDEO_MIB_A_S;
  return {
    ...state,
    recordingSinceMs: undefined,
    countOfVideos: state.countOfVideos + 1,
    usedMib: Math.min(CARD_MIB, state.usedMib + mib),
  };
}

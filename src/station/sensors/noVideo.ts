import type { VideoStatus } from "../../contract/messages.js";

/** The status of a station that was started without video. */
export const NO_VIDEO: VideoStatus = {
  state: "none",
  because: undefined,
  uri: undefined,
  framesPerS: 0,
  hasKlv: false,
  skewMs: undefined,
  latencyMs: undefined,
};

import { ok, type Result } from "../../core/result.js";
import { createNapiDecoder } from "../../io/decoderNapi.js";
import type { DecoderFailure, VideoDecoderPort } from "../../io/decoderPort.js";
import { createRemoteDecoder } from "../../io/decoderRemote.js";
import type { MessagePortLike } from "../../io/messagePortLike.js";

/** Every picture of a replay is wanted, however long the queue. */
const queueMax = Number.POSITIVE_INFINITY;

/** In the decoder's window behind `port`, or by the package on this thread. */
export function openReplayDecoder(
  port: MessagePortLike | undefined,
): Promise<Result<VideoDecoderPort, DecoderFailure>> {
  if (!port) return createNapiDecoder({ queueMax });
  return Promise.resolve(ok(createRemoteDecoder(port, { stream: "replay", queueMax })));
}

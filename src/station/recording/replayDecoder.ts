import { ok, type Result } from "../../core/result.js";
import { createNapiDecoder } from "../../io/decoderNapi.js";
import type { DecoderFailure, VideoDecoderPort } from "../../io/decoderPort.js";
import { createRemoteDecoder } from "../../io/decoderRemote.js";
import type { MessagePortLike } from "../../io/messagePortLike.js";

/** A replay needs every picture, however long the queue. */
const queueMax = Number.POSITIVE_INFINITY;

/** Decodes in the decoder's window behind `port`, or with the package on this thread. */
export function openReplayDecoder(
  port: MessagePortLike | undefined,
): Promise<Result<VideoDecoderPort, DecoderFailure>> {
  if (!port) return createNapiDecoder({ queueMax });
  return Promise.resolve(ok(createRemoteDecoder(port, { stream: "replay", queueMax })));
}

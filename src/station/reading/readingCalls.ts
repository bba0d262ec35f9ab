/**
 * The calls of the reading thread: parsing of files from people or aircraft that may take longer than a heartbeat can
 * wait.
 */
import { decodeText } from "../../core/decodeText.js";
import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import { checkedCoastDocument } from "../../geo/coastDocumentCheck.js";
import { coastFromGeoJson } from "../../geo/coastFromGeoJson.js";
import { readPlanFile } from "../../plan/formats/planFile.js";
import { missionItemsOf, type Plan } from "../../plan/plan.js";
import { unpackedMetadata } from "./unpackedMetadata.js";

export type ReadingCall =
  /** A user's GeoJSON; the answer is a `CoastDocument` as JSON. */
  | { readonly kind: "coast-line"; readonly bytes: Uint8Array }
  /** The coast stored by an earlier start. */
  | { readonly kind: "coast-document"; readonly text: string; readonly path: string }
  | { readonly kind: "plan"; readonly text: string }
  /** An aircraft's metadata of its parameters or events. The answer is undefined when it cannot be read. */
  | { readonly kind: "metadata"; readonly bytes: Uint8Array };

type ReadingAnswers = {
  readonly "coast-line": string;
  readonly "coast-document": string;
  readonly plan: Plan;
  readonly metadata: unknown;
};

export type ReadingAnswer<Kind extends ReadingCall["kind"]> = Result<ReadingAnswers[Kind], StationFailure>;

/**
 * Several times what autopilots hold (PX4 2000, ArduPilot 724 without a card); checking more would delay a heartbeat.
 */
const SENT_ITEMS_MAX = 5000;

const sendable = (plan: Result<Plan, StationFailure>): Result<Plan, StationFailure> =>
  plan.ok && missionItemsOf(plan.value).length > SENT_ITEMS_MAX
    ? err({ kind: "bad-file", path: "plan", where: undefined, problem: `more than ${SENT_ITEMS_MAX} items` })
    : plan;

/** Does the work of one call, on the calling thread. Broken files are failures, not exceptions. */
export function answerReading(call: ReadingCall): ReadingAnswer<ReadingCall["kind"]> {
  switch (call.kind) {
    case "coast-line": {
      const document = coastFromGeoJson(decodeText(call.bytes), "your coast line");
      return document.ok ? ok(JSON.stringify(document.value)) : document;
    }
    case "coast-document": {
      const document = checkedCoastDocument(call.text, call.path);
      return document.ok ? ok(call.text) : err(document.error);
    }
    case "plan":
      return sendable(readPlanFile(call.text, "plan"));
    case "metadata":
      return ok(unpackedMetadata(call.bytes));
  }
}

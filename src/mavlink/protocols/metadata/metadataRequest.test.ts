import { describe, expect, it } from "vitest";
import {
  metadataRequestMessage,
  startMetadataRequest,
  stepMetadataRequest,
  type MetadataRequestEvent,
} from "./metadataRequest.js";

const FILE = { uri: "mftp://etc/general.json", fileCrc: 7 };
const SILENCE: MetadataRequestEvent = { kind: "timeout" };
const CANCEL: MetadataRequestEvent = { kind: "cancel" };
const REPLY: MetadataRequestEvent = { kind: "received", file: FILE };

/** The state at the end, and how often it has asked. */
function run(...events: readonly MetadataRequestEvent[]) {
  let [state, effects] = startMetadataRequest(100);
  let countOfAsks = 0;
  const count = (): void => void (countOfAsks += effects.filter(({ kind }) => kind === "ask").length);
  count();
  for (const event of events) {
    [state, effects] = stepMetadataRequest(state, event);
    count();
  }
  return { state, countOfAsks };
}

describe("the request for a vehicle's metadata", () => {
  it("is repeated twice without a reply, each time after two round trips and a second", () => {
    expect(startMetadataRequest(100)[1]).toEqual([{ kind: "ask" }, { kind: "arm-timer", afterMs: 1200 }]);
    expect(startMetadataRequest(undefined)[1]).toContainEqual({ kind: "arm-timer", afterMs: 1500 });
    expect(stepMetadataRequest(startMetadataRequest(100)[0], SILENCE)[1]).toEqual(startMetadataRequest(100)[1]);
    expect(run(SILENCE, SILENCE)).toMatchObject({ state: { phase: "asking" }, countOfAsks: 3 });
    expect(run(SILENCE, SILENCE, SILENCE)).toEqual({ state: { phase: "failed" }, countOfAsks: 3 });
  });

  it("ends with the reply, also to the last try, or when it is cancelled; what comes later changes nothing", () => {
    expect(run(SILENCE, SILENCE, REPLY)).toEqual({ state: { phase: "done", file: FILE }, countOfAsks: 3 });
    expect(run(REPLY, SILENCE, CANCEL)).toEqual({ state: { phase: "done", file: FILE }, countOfAsks: 1 });
    expect(run(CANCEL, REPLY, SILENCE)).toEqual({ state: { phase: "failed" }, countOfAsks: 1 });
  });

  it("asks the autopilot to send COMPONENT_METADATA", () => {
    expect(metadataRequestMessage({ systemId: 3, componentId: 1 })).toEqual({
      name: "COMMAND_LONG",
      fields: { target_system: 3, target_component: 1, command: 512, param1: 397, confirmation: 0 },
    });
  });
});

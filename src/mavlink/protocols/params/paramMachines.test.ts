import { describe, expect, it } from "vitest";
import { lossyWire, PERFECT_WIRE, type WireFaults } from "../../../../sim/wire/lossyWire.js";
import { FakeClock } from "../../../core/fakeClock.js";
import { seededRng } from "../../../core/rng.js";
import type { ParamType } from "../../../vehicle/params.js";
import { encodeFrame } from "../../encode.js";
import type { MavlinkFrame } from "../../frame.js";
import type { ListedParam } from "../../params/listedParam.js";
import { readPackedParams } from "../../params/packedParams.js";
import { createReader } from "../../reader.js";
import { FtpPeer } from "../../testing/ftpPeer.js";
import { packParams } from "../../testing/packParams.js";
import { startFtp, stepFtp, type FtpEvent, type FtpState, type FtpStep } from "../files/ftpClient.js";
import { ftpRetryPolicyFor } from "../files/ftpRetryPolicy.js";
import { packetFromPayload, payloadOf } from "../files/ftpWire.js";
import { startParamExchange, stepParamExchange, type ParamExchangeState } from "./paramExchange.js";
import { paramListRetryPolicyFor, startParamList, stepParamList } from "./paramList.js";
import type { ParamListEvent, ParamListState, ParamListStep } from "./paramList.js";
import { receivedParamFrom, paramSet, paramTypeNumber, type ReceivedParam } from "./paramWire.js";

const VEHICLE = { systemId: 1, componentId: 1 };
const TYPES: readonly ParamType[] = ["int8", "int16", "int32", "real32"];
const tableOf = (count: number): ListedParam[] =>
  Array.from({ length: count }, (_, i) => {
    const type = TYPES[i % 4]!;
    return { name: `P${i >> 4}_NAME${i}`, type, value: type === "int8" ? (i % 200) - 100 : i };
  });
const RADIO: WireFaults = {
  dropFraction: 0.05,
  duplicateFraction: 0.02,
  delayMs: 80,
  jitterMs: 30,
  reorderFraction: 0.02,
};

/** ArduPilot's side: parameters at a limited rate, and a queue of at most twenty requests. */
function listing(table: readonly ListedParam[], faults: WireFaults, seed: number, onSent?: (index: number) => void) {
  const clock = new FakeClock();
  const rng = seededRng(seed);
  let now = table;
  let state: ParamListState;
  let cancelTimer = () => {};
  const down = lossyWire<ReceivedParam>({
    scheduler: clock,
    rng,
    faults,
    deliver: (param) => step({ kind: "received", param }),
  });
  const send = (index: number) => {
    const param = now[index];
    if (param) down({ ...param, index, countOfAll: now.length });
    onSent?.(index);
  };
  let cancelStream = () => {};
  const stream = (index: number) => {
    if (index >= now.length) return;
    send(index);
    cancelStream = clock.after(5, () => stream(index + 1));
  };
  const up = lossyWire<number>({
    ...{ scheduler: clock, rng, faults },
    deliver: (index) => {
      if (index >= 0) return void clock.after(20, () => send(index));
      cancelStream();
      stream(0);
    },
  });
  const perform = ([next, effects]: ParamListStep) => {
    state = next;
    for (const effect of effects) {
      if (effect.kind === "request-list") up(-1);
      else if (effect.kind === "request-index") up(effect.index);
      else {
        cancelTimer();
        cancelTimer = clock.after(effect.afterMs, () => step({ kind: "timeout" }));
      }
    }
  };
  const step = (event: ParamListEvent) => perform(stepParamList(state, event));
  perform(startParamList(paramListRetryPolicyFor(2 * faults.delayMs)));
  while (state!.phase === "loading" && clock.monoMs() < 3_600_000) clock.advance(100);
  return { state: state!, change: (other: readonly ListedParam[]) => (now = other), clock };
}

describe("1,400 parameters at 5 % loss each way", () => {
  const table = tableOf(1400);

  it("come one by one on 100 of 100 seeds", () => {
    for (let seed = 0; seed < 100; seed++) {
      const { state, clock } = listing(table, RADIO, seed);
      expect(state.phase === "done" && state.params).toEqual(table);
      expect(clock.monoMs()).toBeLessThan(60_000);
    }
  });

  it("come as a packed file on 100 of 100 seeds", () => {
    const file = packParams(table);
    for (let seed = 0; seed < 100; seed++) {
      const clock = new FakeClock();
      const rng = seededRng(seed);
      const held = new Uint8Array(file.byteLength);
      let state: FtpState;
      let cancelTimer = () => {};
      const wire = { scheduler: clock, rng, faults: RADIO };
      const down = lossyWire<Uint8Array>({
        ...wire,
        deliver: (payload) => step({ kind: "packet", packet: packetFromPayload(payload)! }),
      });
      const files = new Map([["@PARAM/param.pck", file]]);
      const peer = new FtpPeer({ flavour: "ardupilot", files, scheduler: clock, send: down, reportedSize: 1400 * 12 });
      const up = lossyWire<Uint8Array>({ ...wire, deliver: peer.receive });
      const perform = ([next, effects]: FtpStep) => {
        state = next;
        for (const effect of effects) {
          if (effect.kind === "send") up(payloadOf(effect.packet));
          else if (effect.kind === "store") held.set(effect.bytes, effect.offsetBytes);
          else {
            cancelTimer();
            cancelTimer = clock.after(effect.afterMs, () => step({ kind: "timeout" }));
          }
        }
      };
      const step = (event: FtpEvent) => perform(stepFtp(state, event));
      perform(startFtp({ kind: "read", path: "@PARAM/param.pck", held: [] }, 0, ftpRetryPolicyFor(160)));
      while (state!.phase !== "over" && clock.monoMs() < 600_000) clock.advance(100);
      expect(state!).toMatchObject({ phase: "over", ending: { isOk: true } });
      expect(readPackedParams(held)).toMatchObject({ ok: true, value: table });
    }
  });
});

describe("a list of parameters", () => {
  it("starts over when the count changes on the way: the indices mean something else then", () => {
    const table = tableOf(100);
    const longer = [...table.slice(0, 50), { name: "NEW_ONE", type: "int8" as const, value: 1 }, ...table.slice(50)];
    let sent = 0;
    const run: { change?: (other: readonly ListedParam[]) => void } = {};
    // The change comes while item 60 is being sent.
    let current: readonly ListedParam[] = table;
    const proxy = new Proxy(table, { get: (_, key) => Reflect.get(current, key) as unknown });
    const { state } = listing(proxy, PERFECT_WIRE, 1, () => {
      if (++sent === 60) current = longer;
      run.change?.(longer);
    });
    expect(state.phase === "done" && state.params.map(({ name }) => name)).toEqual(longer.map(({ name }) => name));
  });

  it("ends in no-reply when nobody is there", () => {
    const { state } = listing(tableOf(5), { ...PERFECT_WIRE, dropFraction: 1 }, 1);
    expect(state).toEqual({ phase: "failed", failure: { kind: "no-reply" }, countOfDone: 0 });
  });

  it("may be of one parameter", () => {
    expect(listing(tableOf(1), PERFECT_WIRE, 1).state).toMatchObject({ phase: "done" });
  });
});

describe("the two ways whole numbers travel", () => {
  const received = (name: string, fields: Record<string, number | bigint | string>): MavlinkFrame => {
    let frame: MavlinkFrame | undefined;
    const bytes = encodeFrame({ name, fields, ...VEHICLE, seq: 0, version: 2 });
    createReader({ isDatagram: true }).push(bytes, (each) => (frame = each));
    return frame!;
  };
  const asValue = (value: number, type: ParamType, encoding: "c-cast" | "bytewise") => {
    const { fields } = paramSet(VEHICLE, { name: "A_PARAM", value, type }, encoding);
    return received("PARAM_VALUE", {
      ...{ param_id: "A_PARAM", param_type: paramTypeNumber(type), param_count: 9, param_index: 65535 },
      param_value: fields["param_value"] as number | bigint,
    });
  };

  it.each([0, 1, -1, -4_194_305, -8_388_607, 2_139_095_041, 16_777_217, 2_147_483_647])(
    "keeps %i bytewise",
    (value) => {
      expect(receivedParamFrom(asValue(value, "int32", "bytewise"), VEHICLE, "bytewise")).toEqual({
        ...{ name: "A_PARAM", value, type: "int32", index: undefined, countOfAll: 9 },
      });
    },
  );

  it("keeps floats, small types and unsigned ones", () => {
    for (const encoding of ["c-cast", "bytewise"] as const) {
      const of = (value: number, type: ParamType) =>
        receivedParamFrom(asValue(value, type, encoding), VEHICLE, encoding)?.value;
      expect(of(0.1, "real32")).toBe(Math.fround(0.1));
      expect(of(-100, "int8")).toBe(-100);
      expect(of(200, "uint8")).toBe(200);
      expect(of(-30_000, "int16")).toBe(-30_000);
      expect(of(60_000, "uint16")).toBe(60_000);
    }
    expect(receivedParamFrom(asValue(4_000_000_000, "uint32", "bytewise"), VEHICLE, "bytewise")?.value).toBe(4e9);
  });

  it("is not for frames of other systems or components", () => {
    const frame = asValue(1, "int32", "c-cast");
    expect(receivedParamFrom(frame, { systemId: 2, componentId: 1 }, "c-cast")).toBeUndefined();
    expect(receivedParamFrom(frame, { systemId: 1, componentId: 154 }, "c-cast")).toBeUndefined();
  });
});

describe("writing one parameter", () => {
  const retryPolicy = { waitMs: 500, growth: 1.3, triesMax: 3 };
  const of = (value: number, name = "A", type: ParamType = "real32") => ({
    ...{ kind: "received" as const, param: { name, value, type, index: undefined, countOfAll: 1 } },
  });
  const begin = (wanted: number | undefined, type?: ParamType) =>
    startParamExchange({ name: "A", wanted, type }, retryPolicy);
  const phases = (state: ParamExchangeState) => state.phase;

  it("is done when the value comes back as 32 bits hold it", () => {
    const [state, effects] = begin(0.1, "real32");
    expect(effects[0]).toEqual({ kind: "request-set", name: "A", value: 0.1, type: "real32" });
    expect(stepParamExchange(state, of(Math.fround(0.1)))[0]).toMatchObject({ phase: "done" });
    expect(stepParamExchange(state, of(0.2, "B"))[0]).toBe(state);
  });

  it("asks first when the type is not known, and never writes what is there already", () => {
    const [state, effects] = begin(5);
    expect(effects[0]).toEqual({ kind: "request-read", name: "A" });
    expect(stepParamExchange(state, of(5, "A", "int32"))[0]).toEqual({ phase: "done", value: 5, type: "int32" });
    const [writing, more] = stepParamExchange(state, of(4, "A", "int32"));
    expect(more[0]).toEqual({ kind: "request-set", name: "A", value: 5, type: "int32" });
    expect(stepParamExchange(writing, of(5, "A", "int32"))[0].phase).toBe("done");
  });

  it("asks again after another value, and only then says that it was not taken", () => {
    const [checking, effects] = stepParamExchange(begin(5, "int32")[0], of(4, "A", "int32"));
    expect([checking.phase, effects[0]?.kind]).toEqual(["checking", "request-read"]);
    expect(stepParamExchange(checking, of(5, "A", "int32"))[0].phase).toBe("done");
    const failure = { kind: "not-taken", name: "A", value: 4 };
    expect(stepParamExchange(checking, of(4, "A", "int32"))[0]).toEqual({ phase: "failed", failure });
  });

  it("writes a few times, asks a few times, and then the name is unknown", () => {
    let [state] = begin(5, "int32");
    const seen: string[] = [];
    while (state.phase !== "failed") {
      seen.push(phases(state));
      [state] = stepParamExchange(state, { kind: "timeout" });
    }
    expect(seen).toEqual(["writing", "writing", "writing", "checking", "checking", "checking"]);
    expect(state.failure).toEqual({ kind: "unknown-name", name: "A" });
  });

  it("ends when the vehicle is lost or the person has had enough, and hears nothing more", () => {
    const [state] = begin(5, "int32");
    const lost = stepParamExchange(state, { kind: "vehicle-lost" })[0];
    expect(lost).toEqual({ phase: "failed", failure: { kind: "vehicle-lost" } });
    expect(stepParamExchange(state, { kind: "cancel" })[0]).toMatchObject({ failure: { kind: "cancelled" } });
    expect(stepParamExchange(lost, of(5))).toEqual([lost, []]);
  });
});

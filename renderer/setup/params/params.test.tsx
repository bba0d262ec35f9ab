// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { err, ok, type Result } from "../../../src/core/result.js";
import type { StationFailure } from "../../../src/contract/failures.js";
import type { ReplyValue, UiRequest } from "../../../src/contract/messages.js";
import type { Param } from "../../../src/vehicle/params.js";
import { aVehicle, type FakeStation, VEHICLE } from "../../bridge/testing/builders.js";
import { demoParam, demoParams } from "../../bridge/testing/fakeParams.js";
import { done } from "../../bridge/testing/fakeTransport.js";
import { setupStore } from "../setupStore.js";
import { armed, openSetup, OTHER, receive, type SetupBatch, twoVehicles } from "../testing/openSetup.js";
import { compareParams, lineResults } from "./paramCompare.js";
import { groupsOf, shownParams } from "./paramFilter.js";
import { isBitSet, numberText, readValue, valueProblem, withBit } from "./paramValue.js";

vi.mock("../../ui/HoldButton.js", async () => (await import("../testing/pressedHold.js")).pressedHold);

beforeEach(() => {
  localStorage.clear();
});
afterEach(cleanup);

describe("a value", () => {
  it("is shown as the shortest number that makes the same float, and read with point or comma", () => {
    expect(numberText(Math.fround(0.1), ".")).toBe("0.1");
    expect(numberText(Math.fround(0.135), ",")).toBe("0,135");
    expect(numberText(16_777_216, ".")).toBe("16777216");
    expect(["0,5", "-3", "1e-3", ".5", "", "x", "1e99"].map(readValue)).toEqual([
      0.5,
      -3,
      0.001,
      0.5,
      undefined,
      undefined,
      undefined,
    ]);
  });
  it("must fit its type, and should fit its range", () => {
    const param = demoParam({ name: "A", type: "int8" }, { min: 0, max: 10 });
    expect([1.5, 200, 11, 10].map((value) => valueProblem(param, value)?.kind)).toEqual([
      "whole",
      "type",
      "range",
      undefined,
    ]);
    expect(valueProblem({ ...param, metadata: undefined }, 100)).toBeUndefined();
  });
  it("keeps the bits nobody touched, the sign bit included", () => {
    expect(withBit(0b1010, 0, "int32")).toBe(0b1011);
    expect(withBit(0b1010, 1, "int32")).toBe(0b1000);
    expect(withBit(0, 31, "int32")).toBe(-2_147_483_648);
    expect(withBit(-2_147_483_648, 31, "int32")).toBe(0);
    expect(isBitSet(-1, 31)).toBe(true);
    expect(withBit(0, 31, "uint32")).toBe(2_147_483_648);
  });
});

describe("the list", () => {
  const all: readonly Param[] = [
    demoParam({ name: "RTL_ALT", value: 2 }, { title: "Return height", defaultValue: 1 }),
    demoParam({ name: "ALT_MAX", value: 1 }, { description: "highest return", defaultValue: 1 }),
    { name: "FOO", value: 1, type: "real32", metadata: undefined, awaitsReboot: false },
  ];
  const names = (view: Partial<Parameters<typeof shownParams>[1]>, starred: readonly string[] = []) =>
    shownParams(all, { search: "", group: undefined, filter: "all", ...view }, new Set(starred)).map(
      ({ name }) => name,
    );
  it("is found by name, title and description, names first", () => {
    expect(names({ search: "alt" })).toEqual(["ALT_MAX", "RTL_ALT"]);
    expect(names({ search: "RETURN" })).toEqual(["RTL_ALT", "ALT_MAX"]);
    expect(names({ search: "return rtl" })).toEqual(["RTL_ALT"]);
    expect(names({ search: "nothing" })).toEqual([]);
  });
  it("shows favourites, what differs from its default, and groups", () => {
    expect(names({ filter: "favourites" }, ["FOO"])).toEqual(["FOO"]);
    expect(names({ filter: "changed" })).toEqual(["RTL_ALT"]);
    expect(names({ group: "ALT" })).toEqual(["ALT_MAX"]);
    expect(groupsOf(all)).toEqual([
      { name: "ALT", count: 1 },
      { name: "FOO", count: 1 },
      { name: "RTL", count: 1 },
    ]);
  });
});

describe("a comparison", () => {
  const here = new Map(
    [demoParam({ name: "A", value: 1 }), demoParam({ name: "B", value: 2 })].map((p) => [p.name, p]),
  );
  it("counts what agrees and puts what the aircraft does not have last", () => {
    const there = [
      { name: "X", value: 1 },
      { name: "B", value: 3 },
      { name: "A", value: Math.fround(1) },
    ];
    const { differences, countOfSame, countOfUnknown } = compareParams(here, there);
    expect(differences.map(({ name }) => name)).toEqual(["B", "X"]);
    expect([countOfSame, countOfUnknown]).toEqual([1, 1]);
  });
  it("tells a result a line, also of those a nameless failure stopped", () => {
    const asked = [
      { name: "A", value: 1 },
      { name: "B", value: 9 },
    ];
    expect(lineResults(asked, [{ kind: "not-taken", name: "B", value: 2 }], here).get("B")?.kind).toBe("failed");
    const lost = lineResults(asked, [{ kind: "vehicle-lost" }], here);
    expect([lost.get("A")?.kind, lost.get("B")?.kind]).toEqual(["taken", "failed"]);
  });
});

type Answer = Result<ReplyValue, StationFailure>;

/** A station whose aircraft holds some parameters and does as it is told. */
function open(other: (request: UiRequest) => Answer | undefined = () => undefined, batch: SetupBatch = {}) {
  const held = new Map(demoParams().map((param) => [param.name, param]));
  const station: FakeStation = openSetup("params", {
    batch,
    answers: (request) => {
      const own = other(request);
      if (own) return own;
      if (request.kind === "get-params") return ok({ kind: "params", params: [...held.values()] });
      if (request.kind === "set-param") {
        const next = { ...held.get(request.name)!, value: request.value };
        held.set(request.name, next);
        station.transport.receive({ kind: "params-changed", vehicleId: VEHICLE, params: [next] });
      }
      return done;
    },
  });
  return station;
}
const sent = (station: FakeStation, kind: UiRequest["kind"]) =>
  station.transport.requests().filter((request) => request.kind === kind);

async function choose(station: FakeStation, name: string): Promise<void> {
  await screen.findByTestId("param-list");
  act(() => station.stores.get(setupStore).params.selected.set(name));
  await screen.findByTestId("param-inspector");
}
const type = (value: string): void => void fireEvent.change(screen.getByTestId("param-value"), { target: { value } });
const inspector = (): string => screen.getByTestId("param-inspector").textContent;

describe("the Parameters page", () => {
  it("loads with its way and progress, and can be stopped", async () => {
    const station = openSetup("params", { answers: () => ok({ kind: "params", params: [] }) });
    expect(screen.getByTestId("params-empty").textContent).toContain("SIM-1");
    fireEvent.click(screen.getByTestId("param-load-start"));
    expect(sent(station, "load-params")).toEqual([{ kind: "load-params", vehicleId: VEHICLE, isFresh: false }]);
    const load = { phase: "loading", way: "one-by-one", countOfDone: 312, countOfAll: 1400 } as const;
    receive(station, { kind: "param-load", vehicleId: VEHICLE, load });
    expect(screen.getByTestId("param-load").textContent).toContain("one by one: 312 of 1400");
    fireEvent.click(screen.getByTestId("param-cancel"));
    expect(sent(station, "cancel-params")).toHaveLength(1);
    const failed = { phase: "failed", failure: { kind: "no-reply" }, countOfDone: 312 } as const;
    receive(station, { kind: "param-load", vehicleId: VEHICLE, load: failed });
    expect(screen.getByTestId("param-load").textContent).toContain("does not answer");
    await screen.findByTestId("param-load-start");
  });

  it("asks a complete table anew past the cache", async () => {
    const station = open();
    await screen.findByTestId("param-list");
    const load = { phase: "complete", way: "cache", countOfAll: 1400, unixTimeUs: 0 } as const;
    receive(station, { kind: "param-load", vehicleId: VEHICLE, load });
    fireEvent.click(screen.getByTestId("param-load-start"));
    expect(sent(station, "load-params")).toMatchObject([{ isFresh: true }]);
  });

  it("searches 1,400 and draws only the rows in sight", async () => {
    open();
    await screen.findByTestId("param-list");
    expect(screen.getByTestId("param-count").textContent).toBe("1400 of 1400");
    expect(screen.getByTestId("param-list").querySelectorAll(".ui-list__row").length).toBeLessThan(40);
    fireEvent.change(screen.getByTestId("param-search"), { target: { value: "throttle failsafe" } });
    expect(screen.getByTestId("param-count").textContent).toBe("1 of 1400");
    expect(screen.getByTestId("param-FS_THR_ENABLE").textContent).toContain("Enabled always RTL");
  });

  it("keeps favourites", async () => {
    open();
    await screen.findByTestId("param-list");
    fireEvent.click(screen.getByTestId("param-filter-favourites"));
    expect(screen.getByTestId("params").textContent).toContain("No favourite yet");
    fireEvent.click(screen.getByTestId("param-filter-all"));
    fireEvent.change(screen.getByTestId("param-search"), { target: { value: "rtl_alt" } });
    fireEvent.click(screen.getByTestId("param-star-RTL_ALT"));
    expect(localStorage.getItem("vigie.param-favourites.1")).toBe('["RTL_ALT"]');
  });

  it("writes a value, says that it was confirmed, and takes it back", async () => {
    const station = open();
    await choose(station, "RTL_ALT");
    expect(inspector()).toContain("30 to 300000");
    type("2500");
    fireEvent.keyDown(screen.getByTestId("param-value"), { key: "Enter" });
    expect(screen.getByTestId("param-pending").textContent).toContain("yet to confirm");
    expect((await screen.findByTestId("param-done")).textContent).toContain("2500");
    const undo = await screen.findByTestId("param-undo");
    expect(undo.textContent).toContain("RTL_ALT back to 3000");
    fireEvent.click(undo);
    await expect.poll(() => screen.queryByTestId("param-undo")).toBeNull();
    expect(sent(station, "set-param").map((request) => "value" in request && request.value)).toEqual([2500, 3000]);
  });

  it("refuses what is out of range until a second, deliberate step", async () => {
    const station = open();
    await choose(station, "RTL_ALT");
    type("10");
    expect(inspector()).toContain("Outside 30 to 300000");
    fireEvent.keyDown(screen.getByTestId("param-value"), { key: "Enter" });
    expect(sent(station, "set-param")).toEqual([]);
    const write = screen.getByTestId("param-write");
    expect(write.closest("[data-held-button]")).not.toBeNull();
    expect(write.textContent).toContain("SIM-1");
    fireEvent.click(write);
    expect(sent(station, "set-param")).toMatchObject([{ value: 10, isForced: true }]);
    type("1.5");
    expect(inspector()).toContain("whole number");
    fireEvent.click(screen.getByTestId("param-write"));
    expect(sent(station, "set-param")).toHaveLength(1);
    await screen.findByTestId("param-done");
  });

  it("writes to an armed aircraft by a hold that names it, never by Enter", async () => {
    const station = open(undefined, { vehicles: [armed(aVehicle())] });
    await choose(station, "RTL_ALT");
    type("2500");
    fireEvent.keyDown(screen.getByTestId("param-value"), { key: "Enter" });
    expect(sent(station, "set-param")).toEqual([]);
    expect(screen.getByTestId("param-write").textContent).toContain("SIM-1 is ARMED");
    expect(screen.getByTestId("param-write").closest("[data-held-button]")).not.toBeNull();
  });

  it("says why the autopilot did not take it", async () => {
    const failure = { kind: "not-taken", name: "RTL_ALT", value: 3000 } as const;
    const station = open((request) => (request.kind === "set-param" ? err({ kind: "param", failure }) : undefined));
    await choose(station, "RTL_ALT");
    type("2500");
    fireEvent.click(screen.getByTestId("param-write"));
    expect((await screen.findByTestId("param-failure")).textContent).toContain("did not take RTL_ALT: it is 3000");
    expect(screen.queryByTestId("param-undo")).toBeNull();
  });

  it("shows choices, bits and what is read-only", async () => {
    const station = open();
    await choose(station, "FS_THR_ENABLE");
    fireEvent.change(screen.getByTestId("param-choice"), { target: { value: "3" } });
    fireEvent.click(screen.getByTestId("param-write"));
    await screen.findByTestId("param-done");
    await choose(station, "ARMING_CHECK");
    expect(screen.getByTestId<HTMLInputElement>("param-bit-1").checked).toBe(true);
    fireEvent.click(screen.getByTestId("param-bit-3"));
    expect(screen.getByTestId<HTMLInputElement>("param-value").value).toBe("14");
    await choose(station, "STAT_FLTTIME");
    expect(screen.queryByTestId("param-write")).toBeNull();
    expect(screen.getByTestId("param-held").textContent).toContain("does not let it be written");
  });

  it("says what awaits a restart, and restarts on the ground only", async () => {
    const station = open();
    const banner = await screen.findByTestId("param-restart");
    expect(banner.textContent).toContain("SERIAL1_BAUD");
    fireEvent.click(screen.getByTestId("param-reboot"));
    expect(sent(station, "command")).toMatchObject([
      { vehicleId: VEHICLE, command: { kind: "reboot" }, isConfirmed: true },
    ]);
    cleanup();
    const flying = open(undefined, { vehicles: [armed(aVehicle())] });
    fireEvent.click(await screen.findByTestId("param-reboot"));
    expect(sent(flying, "command")).toEqual([]);
  });

  it("compares with a file and writes what was chosen, with a result a line", async () => {
    const station = open((request) => {
      if (request.kind === "read-param-file") {
        const values = [
          { name: "RTL_ALT", value: 2000 },
          { name: "ATC_RAT_PIT_P", value: 0.2 },
          { name: "STAT_FLTTIME", value: 1 },
          { name: "NOT_HERE", value: 1 },
          { name: "FS_THR_ENABLE", value: 1 },
        ];
        return ok({ kind: "param-values", values });
      }
      if (request.kind !== "set-params") return undefined;
      const notTaken = [{ kind: "not-taken", name: "RTL_ALT", value: 3000 }] as const;
      return ok({ kind: "params-set", countOfSet: 1, notTaken });
    });
    await screen.findByTestId("param-list");
    fireEvent.change(screen.getByTestId("param-file"), { target: { files: [new File(["x"], "spring.param")] } });
    const compare = await screen.findByTestId("param-compare");
    expect(compare.textContent).toContain("SIM-1 compared with spring.param");
    expect(compare.textContent).toContain("3 differ, 1 agree · 1 not on this aircraft");
    expect(screen.getByTestId("difference-STAT_FLTTIME").querySelector("input")).toBeNull();
    fireEvent.click(screen.getByTestId("compare-all"));
    fireEvent.click(screen.getByTestId("compare-write"));
    expect(sent(station, "set-params")).toMatchObject([
      {
        values: [
          { name: "ATC_RAT_PIT_P", value: 0.2 },
          { name: "RTL_ALT", value: 2000 },
        ],
      },
    ]);
    expect((await screen.findByTestId("compare-over")).textContent).toContain("1 written, 1 not");
    expect(screen.getByTestId("difference-RTL_ALT").textContent).toContain("kept 3000");
    expect(screen.getByTestId("difference-ATC_RAT_PIT_P").textContent).toContain("written");
    fireEvent.click(screen.getByTestId("compare-close"));
    expect(await screen.findByTestId("param-list")).toBeDefined();
  });

  it("compares with another aircraft", async () => {
    const base = demoParams();
    open(
      (request) =>
        request.kind === "get-params" && request.vehicleId === OTHER
          ? ok({ kind: "params", params: base.map((p) => (p.name === "RTL_ALT" ? { ...p, value: 9 } : p)) })
          : undefined,
      { vehicles: twoVehicles() },
    );
    fireEvent.click(await screen.findByTestId("param-compare-SIM-2"));
    expect((await screen.findByTestId("difference-RTL_ALT")).textContent).toContain("9");
    expect(screen.getByTestId("param-compare").textContent).toContain("1 differ, 1399 agree");
  });

  it("saves what the aircraft holds as a file", async () => {
    vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:x");
    const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    const station = open((request) =>
      request.kind === "write-param-file" ? ok({ kind: "param-file", text: "A,1" }) : undefined,
    );
    fireEvent.click(await screen.findByTestId("param-save-params"));
    expect(sent(station, "write-param-file")).toMatchObject([{ format: "params" }]);
    await expect.poll(() => click.mock.calls.length).toBe(1);
    vi.restoreAllMocks();
  });
});

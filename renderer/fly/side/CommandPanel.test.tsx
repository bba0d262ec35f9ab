// @vitest-environment happy-dom
/** Further commands, as a person gives them: what is sent, to whom, and what is refused with which words. */
import { act, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { CommandAbilities, VehicleCommand } from "../../../src/vehicle/commands.js";
import type { VehicleState } from "../../../src/vehicle/vehicleState.js";
import { settingsStore } from "../../app/settings.js";
import { aBatch, VEHICLE } from "../../bridge/testing/builders.js";
import {
  flying,
  hold,
  openSide,
  press,
  reasonOf,
  SECOND,
  tick,
  type,
  standStillInTime,
  wordsOf,
} from "../testing/openSide.js";

standStillInTime();

const enter = (testId: string): void => void fireEvent.keyDown(screen.getByTestId(testId), { key: "Enter" });
const commands = ({ requests }: ReturnType<typeof openSide>): readonly VehicleCommand[] =>
  requests("command").map(({ command }) => command);

describe("a figure and its Send", () => {
  it.each<[string, string, Partial<VehicleState>, VehicleCommand]>([
    ["height", "90", {}, { kind: "change-altitude", height: { datum: "home", valueM: 90 } }],
    ["speed", "9", {}, { kind: "change-speed", speedKind: "ground", speedMps: 9 }],
    ["speed", "17", { airframe: "plane" }, { kind: "change-speed", speedKind: "air", speedMps: 17 }],
    ["heading", "275", {}, { kind: "change-heading", headingDeg: 275 }],
  ])("%s %s is sent by its button and by Enter, to the target, unheld", (field, value, change, command) => {
    const open = openSide("commands", { vehicles: [flying(change), flying({ id: SECOND, systemId: 2 })] });
    type(field, value);
    tick();
    press(`send-${command.kind}`);
    enter(field);
    expect(open.requests("command")).toMatchObject([
      { vehicleId: VEHICLE, command, isConfirmed: false },
      { vehicleId: VEHICLE, command, isConfirmed: false },
    ]);
  });

  it("goes to the aircraft that is the target now, and typed figures do not go over to it", () => {
    const open = openSide("commands", { vehicles: [flying(), flying({ id: SECOND, systemId: 2 })] });
    type("heading", "90");
    act(() => open.station.store.setTarget(SECOND));
    tick();
    expect(screen.getByTestId<HTMLInputElement>("heading").value).toBe("0");
    press("send-change-heading");
    expect(open.requests("command")).toMatchObject([{ vehicleId: SECOND, command: { headingDeg: 0 } }]);
  });

  it.each([
    ["height", "1"],
    ["height", "1501"],
    ["speed", "0"],
    ["speed", "61"],
    ["heading", "360"],
    ["item", "0"],
    ["orbit-radius", "9"],
    ["orbit-radius", "2001"],
  ])("%s %s is beyond its limits: nothing is taken over or sent", (field, value) => {
    const open = openSide("commands");
    type(field, value);
    enter(field);
    expect(open.requests("command")).toEqual([]);
    expect(open.flyView.orbitRadiusM.get()).toBe(80);
    expect(screen.getAllByRole("status").some(({ textContent }) => textContent.includes("▲"))).toBe(true);
  });

  it("in feet and knots is sent in metres: 300 ft are 91.44 m, 20 kn are 10.289 m/s", () => {
    const open = openSide("commands");
    act(() =>
      open.station.stores.get(settingsStore).change({ units: { lengths: "ft", speeds: "kn", positions: "deg" } }),
    );
    tick();
    type("height", "300");
    type("speed", "20");
    tick();
    press("send-change-altitude");
    press("send-change-speed");
    const [height, wanted] = commands(open);
    expect(height?.kind === "change-altitude" && height.height.valueM).toBeCloseTo(91.44, 6);
    expect(wanted?.kind === "change-speed" && wanted.speedMps).toBeCloseTo(10.2889, 4);
  });

  it("heading that ends a plane's mission is held, and says so", () => {
    const inMission = { customMode: 10, modeName: "AUTO", isArmed: true, systemStatus: 4 };
    const open = openSide("commands", {
      vehicles: [flying({ airframe: "plane", heartbeat: { receivedAtMonoMs: 1000, value: inMission } })],
    });
    tick();
    expect(wordsOf("asks-change-heading")).toBe("▲ It flies its mission, and leaves it.");
    enter("heading");
    press("send-change-heading");
    expect(commands(open)).toEqual([]);
    hold("send-change-heading");
    expect(open.requests("command")).toMatchObject([{ command: { kind: "change-heading" }, isConfirmed: true }]);
  });
});

describe("what is not possible now", () => {
  const gone = flying({ lastReceivedMonoMs: -60_000 });
  it.each<[string, { vehicles?: readonly VehicleState[]; abilities?: CommandAbilities }, RegExp]>([
    ["the station's reason", { abilities: { "change-altitude": "on-ground" } }, /Not now: .*ground/],
    ["a lost aircraft", { vehicles: [gone] }, /Not now: the aircraft is lost/],
    ["no aircraft", { vehicles: [] }, /Not now: .*no aircraft/],
  ])("is said once for all, for %s, and neither button nor Enter sends it", (_, options, words) => {
    const open = openSide("commands", options);
    expect(screen.getAllByRole("status")[0]?.textContent).toMatch(words);
    expect(reasonOf("send-change-altitude")).not.toBe("");
    press("send-change-altitude");
    enter("height");
    expect(open.requests("command")).toEqual([]);
  });

  it("of one command alone is said below its row, and only that one is refused", () => {
    const open = openSide("commands", { abilities: { "change-speed": "not-by-this-autopilot" } });
    expect(screen.queryByText(/Not now/)).toBeNull();
    expect(reasonOf("send-change-speed")).toMatch(/autopilot/);
    press("send-change-speed");
    enter("speed");
    press("send-change-heading");
    expect(commands(open)).toEqual([{ kind: "change-heading", headingDeg: 0 }]);
  });

  it.each([
    ["fence-on", "enable-fence"],
    ["send-jump-to-item", "jump-to-item"],
  ] as const)("%s is not sent by a hold either", (testId, kind) => {
    const open = openSide("commands", { abilities: { [kind]: "no-heartbeat" } });
    hold(testId);
    expect(open.requests("command")).toEqual([]);
  });

  it("orbit: no place can be chosen", () => {
    const { flyView } = openSide("commands", { abilities: { orbit: "no-position" } });
    press("orbit");
    expect(flyView.mapClickMode.get()).toBeUndefined();
  });

  it("becomes impossible in the middle of a hold: nothing is sent", () => {
    const open = openSide("commands");
    fireEvent.pointerDown(screen.getByTestId("fence-off"), { button: 0 });
    tick(500);
    act(() => open.station.transport.connection("lost"));
    tick(1000);
    expect(open.requests("command")).toEqual([]);
  });
});

describe("the held commands", () => {
  it.each<[string, VehicleCommand]>([
    ["fence-on", { kind: "enable-fence", isEnabled: true }],
    ["fence-off", { kind: "enable-fence", isEnabled: false }],
  ])("%s says which", (testId, command) => {
    const open = openSide("commands");
    expect(wordsOf(testId)).toBe(
      `Switch the fence ${command.kind === "enable-fence" && command.isEnabled ? "on" : "off"} SIM-1`,
    );
    hold(testId);
    expect(commands(open)).toEqual([command]);
  });

  it("an item is counted from 1 on screen and from 0 in the command, up to the last one on board", () => {
    const open = openSide("commands");
    type("item", "29");
    type("item", "28");
    expect(wordsOf("send-jump-to-item")).toContain("item 28 SIM-1");
    hold("send-jump-to-item");
    expect(commands(open)).toEqual([{ kind: "jump-to-item", item: 27 }]);
  });

  it.each([
    ["hover", "forward", "Hovering"],
    ["to-hover", "forward", "Changing to hover"],
    ["forward", "hover", "Forward flight"],
    ["to-forward", "hover", "Changing to forward flight"],
    [undefined, "forward", "Hover or forward: not known"],
  ] as const)("a VTOL in %s is told to go to %s", (vtol, to, words) => {
    const flightPhase = { receivedAtMonoMs: 1000, value: { landed: "air", vtol } } as const;
    const open = openSide("commands", { vehicles: [flying({ airframe: "vtol", flightPhase })] });
    expect(screen.getByText(words)).toBeDefined();
    hold("transition");
    expect(commands(open)).toEqual([{ kind: "transition", to }]);
  });

  it("are offered only where they mean something: transitions to a VTOL, modes where some can be chosen", () => {
    openSide("commands", { vehicles: [flying({ modes: [{ customMode: 9, name: "LAND", isSelectable: false }] })] });
    expect([screen.queryByTestId("transition"), screen.queryByTestId("mode-choice")]).toEqual([null, null]);
  });

  it("disarming stands here only in the air", () => {
    const { station } = openSide("commands");
    expect(wordsOf("disarm")).toContain("DISARM IN THE AIR SIM-1");
    const { heartbeat } = flying();
    const landed = flying({ heartbeat: heartbeat && { ...heartbeat, value: { ...heartbeat.value, isArmed: false } } });
    act(() => station.transport.receive(aBatch([landed])));
    tick();
    expect(screen.queryByTestId("disarm")).toBeNull();
  });

  it("a mode must be chosen first; once sent the choice is gone", () => {
    const modes = [
      { customMode: 4, name: "GUIDED", isSelectable: true },
      { customMode: 6, name: "RTL", isSelectable: true },
      { customMode: 9, name: "SECRET", isSelectable: false },
    ];
    const open = openSide("commands", { vehicles: [flying({ modes })] });
    const choice = screen.getByTestId<HTMLSelectElement>("mode-choice");
    expect([...choice.options].map(({ text }) => text)).toEqual(["GUIDED", "RTL"]);
    expect(choice.value).toBe("4");
    expect(reasonOf("send-set-mode")).toBe("choose another mode first");
    hold("send-set-mode");
    expect(commands(open)).toEqual([]);
    type("mode-choice", "6");
    hold("send-set-mode");
    expect(commands(open)).toEqual([{ kind: "set-mode", customMode: 6 }]);
    expect(reasonOf("send-set-mode")).toBe("choose another mode first");
  });
});

describe("a circle", () => {
  it("gets its radius here and its place on the map; a second press takes that back", () => {
    const { flyView } = openSide("commands");
    type("orbit-radius", "120");
    expect(flyView.orbitRadiusM.get()).toBe(120);
    press("orbit");
    expect(flyView.mapClickMode.get()).toBe("orbit");
    expect(screen.getByTestId("orbit").getAttribute("aria-pressed")).toBe("true");
    press("orbit");
    expect(flyView.mapClickMode.get()).toBeUndefined();
  });
});

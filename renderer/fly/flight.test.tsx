// @vitest-environment happy-dom
/** Commands by hand and key as a person gives them, on the whole frame; only the scenes are left out. */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CommandStatus, VehicleCommand } from "../../src/vehicle/commands.js";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import { App } from "../app/App.js";
import { shownWorkspace, type WorkspaceId } from "../app/workspace.js";
import { StoresProvider } from "../bridge/StoresContext.js";
import { aBatch, aStation, aVehicle, type FakeStation } from "../bridge/testing/builders.js";

let startIn: WorkspaceId = "fly";

vi.mock("./FlyScene.js", () => ({ FlyScene: () => <p>the coast</p> }));
vi.mock("../panels/VideoPanel.js", () => ({ VideoPanel: () => <p>the picture</p> }));
vi.mock("../plan/PlanWorkspace.js", () => ({
  PlanWorkspace: () => (
    <>
      <button data-testid="a-button">a button</button>
      <input data-testid="a-field" />
    </>
  ),
}));
vi.mock("../review/ReviewWorkspace.js", () => ({ ReviewWorkspace: () => <p>the replay</p> }));

const SECOND = "udp/2" as VehicleId;

const flying = (change: Partial<VehicleState> = {}): VehicleState => {
  const vehicle = aVehicle();
  return {
    ...vehicle,
    heartbeat: {
      receivedAtMonoMs: 1000,
      value: { customMode: 3, modeName: "AUTO", isArmed: true, systemStatus: 4 },
    },
    lastReceivedMonoMs: 1000,
    ...change,
  };
};

let station: FakeStation;

function open(...vehicles: readonly VehicleState[]): void {
  station = aStation();
  station.stores.get(shownWorkspace).set(startIn);
  render(
    <StoresProvider stores={station.stores}>
      <App />
    </StoresProvider>,
  );
  act(() => {
    station.transport.receive(aBatch(vehicles));
    for (const { id } of vehicles) station.transport.receive({ kind: "abilities", vehicleId: id, abilities: {} });
  });
  tick();
}

const tick = (ms = 1000): void => {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
};
const key = (name: string, target: EventTarget = document.activeElement ?? window): void => {
  act(() => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key: name, cancelable: true, bubbles: true }));
    target.dispatchEvent(new KeyboardEvent("keyup", { key: name, cancelable: true, bubbles: true }));
  });
};
const sent = (): readonly (readonly [VehicleId, VehicleCommand["kind"]])[] =>
  station.transport
    .requests()
    .flatMap((request) => (request.kind === "command" ? [[request.vehicleId, request.command.kind] as const] : []));
const hold = (testId: string, ms = 1100): void => {
  const button = screen.getByTestId(testId);
  fireEvent.pointerDown(button, { button: 0 });
  tick(ms);
  fireEvent.pointerUp(button);
};

beforeEach(() => {
  vi.useFakeTimers({
    toFake: [
      ...(["setInterval", "clearInterval", "setTimeout", "clearTimeout"] as const),
      ...(["requestAnimationFrame", "cancelAnimationFrame", "performance"] as const),
    ],
  });
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("findings 5.4: an armed aircraft in every workspace", () => {
  it.each(["plan", "review", "setup"] as const)("stands in %s with its mode, Pause and Return", (id) => {
    startIn = id;
    open(flying());
    const row = screen.getByTestId("flight-SIM-1").textContent;
    expect(row).toMatch(/AUTO/);
    expect(row).toMatch(/ARMED/);
    fireEvent.click(screen.getByTestId("flight-return-SIM-1"));
    fireEvent.click(screen.getByTestId("flight-pause-SIM-1"));
    expect(sent()).toEqual([
      ["udp/1", "return"],
      ["udp/1", "pause"],
    ]);
  });

  it("has Pause and Return greyed with the reason once the station is lost: a press sends nothing", () => {
    startIn = "setup";
    open(flying());
    act(() => station.transport.connection("lost"));
    tick();
    for (const id of ["flight-pause-SIM-1", "flight-return-SIM-1"]) {
      expect([id, screen.getByTestId(id).title]).toEqual([id, "the station is not connected"]);
      fireEvent.click(screen.getByTestId(id));
    }
    expect(sent()).toEqual([]);
  });

  it("is told to return by R and to pause by Space with a button in focus; a text field keeps its letters", () => {
    startIn = "plan";
    open(flying());
    screen.getByTestId("a-button").focus();
    key("r");
    key(" ");
    screen.getByTestId("a-field").focus();
    key("r");
    key(" ");
    expect(sent()).toEqual([
      ["udp/1", "return"],
      ["udp/1", "pause"],
    ]);
  });

  it("has a row each, and keys for one of several only where it is the target", () => {
    startIn = "setup";
    open(aVehicle({ lastReceivedMonoMs: 1000 }), flying({ id: SECOND, systemId: 2 }));
    // The target stands on the ground: the only armed one has the keys.
    key("r", window);
    expect(sent()).toEqual([[SECOND, "return"]]);
    const third = flying({ id: "udp/3" as VehicleId, systemId: 3 });
    act(() =>
      station.transport.receive(
        aBatch([aVehicle({ lastReceivedMonoMs: 1000 }), flying({ id: SECOND, systemId: 2 }), third]),
      ),
    );
    key("r", window);
    expect(sent()).toHaveLength(1);
    expect(screen.getByTestId("command-line").textContent).toMatch(/NOT SENT: several aircraft are armed/);
  });
});

describe("findings 5.1: what is dangerous is held and named", () => {
  beforeEach(() => void (startIn = "fly"));

  it("a mode is set by a hold that names mode and aircraft, never by a click", () => {
    open(
      flying({
        sticks: { value: { throttleUs: 1500 }, receivedAtMonoMs: 1000 },
        modes: [
          { customMode: 3, name: "AUTO", isSelectable: true },
          { customMode: 0, name: "STABILIZE", isSelectable: true },
        ],
      }),
    );
    fireEvent.click(screen.getByTestId("tab-commands"));
    fireEvent.change(screen.getByTestId("mode-choice"), { target: { value: "0" } });
    const button = screen.getByTestId("send-set-mode");
    expect(button.textContent).toContain("Mode STABILIZE SIM-1");
    fireEvent.click(button);
    tick(3000);
    expect(sent()).toEqual([]);
    hold("send-set-mode");
    expect(sent()).toEqual([["udp/1", "set-mode"]]);
  });

  it("a mode flown by sticks is greyed in the air while the aircraft hears none", () => {
    const modes = ["AUTO", "STABILIZE"].map((name, i) => ({ customMode: i === 0 ? 3 : 0, name, isSelectable: true }));
    open(flying({ modes, autopilot: "ardupilot", airframe: "copter" }));
    fireEvent.click(screen.getByTestId("tab-commands"));
    fireEvent.change(screen.getByTestId("mode-choice"), { target: { value: "0" } });
    expect(screen.getByTestId("send-set-mode").title).toMatch(/needs a pilot's sticks/);
    hold("send-set-mode");
    expect(sent()).toEqual([]);
  });

  it.each(["fence-on", "fence-off", "send-jump-to-item", "start-mission", "land"])("%s is held", (testId) => {
    open(flying());
    fireEvent.click(screen.getByTestId("tab-commands"));
    fireEvent.click(screen.getByTestId(testId));
    tick(3000);
    expect(sent()).toEqual([]);
    hold(testId);
    expect(sent()).toHaveLength(1);
  });

  it("take-off says and asks for its height", () => {
    open(aVehicle({ lastReceivedMonoMs: 1000 }));
    fireEvent.change(screen.getByTestId("take-off-height"), { target: { value: "35" } });
    expect(screen.getByTestId("take-off").textContent).toMatch(/35\s*m SIM-1/);
    hold("take-off");
    const request = station.transport.requests().find(({ kind }) => kind === "command");
    expect(request).toMatchObject({ command: { kind: "take-off", altitudeAboveHomeM: 35 } });
  });

  it("stopping the motors in the air takes three seconds and says so", () => {
    open(flying());
    // Newcomer 9: not where Arm was.
    expect(screen.queryByTestId("arm") ?? screen.queryByTestId("disarm")).toBeNull();
    fireEvent.click(screen.getByTestId("tab-commands"));
    tick();
    expect(screen.getByTestId("disarm").textContent).toMatch(/DISARM IN THE AIR SIM-1/);
    hold("disarm", 2000);
    expect(sent()).toEqual([]);
    hold("disarm", 3200);
    expect(sent()).toEqual([["udp/1", "disarm"]]);
  });

  it("a hold ends when another aircraft becomes the target", () => {
    open(flying(), flying({ id: SECOND, systemId: 2 }));
    fireEvent.pointerDown(screen.getByTestId("land"), { button: 0 });
    tick(500);
    fireEvent.click(screen.getByTestId("vehicle-SIM-2"));
    tick(3000);
    expect(sent()).toEqual([]);
  });
});

describe("findings 5.6, review 1.6: everything that is asked leaves a line", () => {
  it("pending, then done with its time; a second press has a line of its own", async () => {
    startIn = "fly";
    open(flying());
    fireEvent.click(screen.getByTestId("return"));
    expect(screen.getByTestId("command-line").textContent).toMatch(/Return SIM-1: under way/);
    fireEvent.click(screen.getByTestId("return"));
    const [first, second] = station.transport.sent.flatMap((message) =>
      message.kind === "request" && message.request.kind === "command" ? [message.requestId] : [],
    );
    act(() =>
      station.transport.reply(second ?? 0, {
        ok: false,
        error: { kind: "command", failure: { kind: "busy", with: "return" } },
      }),
    );
    await act(() => Promise.resolve());
    // The first is still under way, and is what is shown.
    expect(screen.getByTestId("command-line").textContent).toMatch(/under way/);
    act(() => station.transport.reply(first ?? 0, { ok: true, value: { kind: "done" } }));
    fireEvent.click(screen.getByTestId("command-line"));
    await act(() => Promise.resolve());
    const lines = [...screen.getByTestId("command-lines").querySelectorAll("li")].map((line) => line.textContent);
    expect(lines[0]).toMatch(/Return SIM-1: Still busy with: Return/);
    expect(lines[1]).toMatch(/Return SIM-1: done \d\d:\d\d:\d\d/);
  });
});

describe("issue 6: what other screens ask", () => {
  it("leaves a line here, too, once", () => {
    startIn = "fly";
    open(flying());
    const publish = (status: CommandStatus): void =>
      act(() =>
        station.transport.receive({
          kind: "command-status",
          vehicleId: "udp/1" as VehicleId,
          commandId: "theirs",
          command: { kind: "land" },
          status,
        }),
      );
    publish({ phase: "pending", attempt: 1, progressFraction: undefined });
    expect(screen.getByTestId("command-line").textContent).toMatch(/Land SIM-1: under way/);
    publish({ phase: "failed", failure: { kind: "vehicle-lost" } });
    fireEvent.click(screen.getByTestId("command-line"));
    const lines = [...screen.getByTestId("command-lines").querySelectorAll("li")].map((line) => line.textContent);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/Land SIM-1: The aircraft is no longer heard/);
  });
});

describe("issue 6: dangers of a flight", () => {
  const publish = (key: string, facts: Readonly<Record<string, string | number>>): void =>
    act(() =>
      station.transport.receive({
        kind: "notice",
        notice: {
          id: key,
          severity: "danger",
          unixTimeUs: 1,
          key,
          facts: { vehicle: "SIM-1", vehicleId: "udp/1", ...facts },
        },
      }),
    );

  it.each([
    ["flight-fall", { descentMps: 14, mode: "STABILIZE" }, /SIM-1 FALLS: 14 m\/s down in STABILIZE/],
    ["flight-ground-impact", { descentMps: 18 }, /SIM-1 HIT THE GROUND at 18 m\/s/],
    ["flight-ground-impact", {}, /SIM-1 HIT THE GROUND\./],
    ["flight-disarmed-in-air", { heightM: 40 }, /SIM-1 DISARMED IN THE AIR, 40 m above home/],
  ])("%s %j is a red banner in every workspace until it is understood", (key, facts, words) => {
    startIn = "setup";
    open(flying());
    publish(key, facts);
    expect(screen.getByTestId("danger-notice").textContent).toMatch(words);
    expect(screen.getByTestId("danger-notice").textContent).not.toMatch(/\{\{/);
  });

  it("findings 6.2: an arming that was told to have failed and shows later offers Disarm, held and by name", () => {
    startIn = "plan";
    open(aVehicle({ lastReceivedMonoMs: 1000 }), flying({ id: SECOND, systemId: 2 }));
    publish("late-effect", { vehicleId: SECOND, vehicle: "SIM-2", command: "arm" });
    expect(screen.getByTestId("danger-notice").textContent).toMatch(/SIM-2 HAS DONE LATE.*Arm/);
    expect(screen.getByTestId("late-disarm").textContent).toContain("Disarm SIM-2");
    hold("late-disarm");
    expect(sent()).toEqual([[SECOND, "disarm"]]);
  });
});

describe("findings 5.7: a lost station", () => {
  it("is told with its age, stops its clock, says no aircraft is lost, and greys commands with the reason", () => {
    startIn = "fly";
    open(flying());
    const clock = screen.getByTestId("utc-clock").textContent;
    act(() => station.transport.connection("lost"));
    station.time.ms += 90_000;
    tick(1000);
    expect(screen.getByTestId("app").dataset["station"]).toBe("lost");
    expect(screen.getByTestId("station-lost").textContent).toMatch(/STATION LOST: what you see is 90\s*s old/);
    expect(screen.getByTestId("utc-clock").textContent).toBe(clock);
    expect(screen.getByTestId("armed").textContent).toBe("ARMED");
    expect(screen.getByTestId("alert-strip").dataset["tone"]).toBe("none");
    for (const id of ["return", "pause", "land", "start-mission"])
      expect([id, screen.getByTestId(id).title]).toEqual([id, "the station is not connected"]);
    key("r", window);
    expect(screen.getByTestId("command-line").textContent).toMatch(
      /Return SIM-1: NOT SENT: the station is not connected/,
    );
  });
});

describe("review 1.9: a hand-over is bound to its two aircraft and its plan", () => {
  const verified = (planHash: string) => ({ kind: "verified", countOfItems: 9, planHash, unixTimeUs: 1 }) as const;
  const propose = async (): Promise<void> => {
    startIn = "fly";
    open(flying(), flying({ id: SECOND, systemId: 2 }));
    station.transport.answerWith((request) =>
      request.kind === "propose-hand-over"
        ? {
            ok: true,
            value: {
              ...{ kind: "hand-over", planText: "the rest", countOfItems: 4, fromItem: 5 },
              ...{ planHash: "first", currentItem: 4 },
            },
          }
        : undefined,
    );
    act(() => {
      for (const vehicleId of ["udp/1" as VehicleId, SECOND])
        station.transport.receive({ kind: "aircraft-plan", vehicleId, plan: verified("first") });
    });
    fireEvent.click(screen.getByTestId("tab-fleet"));
    tick();
    fireEvent.click(screen.getByTestId("propose-hand-over"));
    await act(() => Promise.resolve());
    expect(screen.getByTestId("send-hand-over").textContent).toContain("SIM-2");
  };
  const uploads = () => station.transport.requests().filter(({ kind }) => kind === "upload-plan");

  it("goes to the relief that was named", async () => {
    await propose();
    hold("send-hand-over");
    expect(uploads()).toMatchObject([{ vehicleId: SECOND, planText: "the rest" }]);
  });

  it("is void once another aircraft is the target, also in the middle of a hold", async () => {
    await propose();
    fireEvent.pointerDown(screen.getByTestId("send-hand-over"), { button: 0 });
    tick(500);
    fireEvent.click(screen.getByTestId("vehicle-SIM-2"));
    tick(3000);
    expect(screen.queryByTestId("send-hand-over")).toBeNull();
    expect(uploads()).toEqual([]);
  });

  it("is void once the giver holds another plan", async () => {
    await propose();
    act(() =>
      station.transport.receive({ kind: "aircraft-plan", vehicleId: "udp/1" as VehicleId, plan: verified("second") }),
    );
    expect(screen.queryByTestId("send-hand-over")).toBeNull();
  });
});

describe("issue 6: closing the page in flight", () => {
  const isAsked = (): boolean => {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  it("asks while anything is armed, in any workspace, and tells the desktop shell what is", () => {
    startIn = "setup";
    open(aVehicle({ lastReceivedMonoMs: 1000 }));
    expect(isAsked()).toBe(false);
    act(() => station.transport.receive(aBatch([flying()])));
    expect(isAsked()).toBe(true);
    expect(document.documentElement.dataset["armed"]).toBe("SIM-1");
    act(() => station.transport.receive(aBatch([aVehicle({ lastReceivedMonoMs: 2000 })])));
    expect([isAsked(), document.documentElement.dataset["armed"]]).toEqual([false, undefined]);
  });
});

describe("issue 6: a second screen", () => {
  it("is known to the first", () => {
    startIn = "fly";
    open(flying());
    expect(screen.queryByTestId("status-screens")).toBeNull();
    act(() => station.transport.receive({ kind: "screens", count: 2 }));
    expect(screen.getByTestId("status-screens").textContent).toContain("2 screens");
  });
});

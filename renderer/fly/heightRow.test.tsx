// @vitest-environment happy-dom
/** Newcomer 3: the height in Commands, as a person sends it. On the whole frame. */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { GuidedTarget } from "../../src/vehicle/guidedTarget.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { App } from "../app/App.js";
import { StoresProvider } from "../bridge/StoresContext.js";
import { aBatch, aStation, aVehicle, type FakeStation, VEHICLE } from "../bridge/testing/builders.js";
import { done } from "../bridge/testing/fakeTransport.js";

vi.mock("./FlyScene.js", () => ({ FlyScene: () => <p>the coast</p> }));
vi.mock("../panels/VideoPanel.js", () => ({ VideoPanel: () => <p>the picture</p> }));

const [AUTO, GUIDED] = [3, 4];
let station: FakeStation;
let monoMs = 1000;

const at = (heightM: number, customMode: number): VehicleState => {
  monoMs += 100;
  const vehicle = aVehicle({ autopilot: "ardupilot", airframe: "copter", lastReceivedMonoMs: monoMs });
  if (!vehicle.position) throw new Error("the make-believe aircraft has a position");
  return {
    ...vehicle,
    heartbeat: {
      receivedAtMonoMs: monoMs,
      value: { customMode, modeName: customMode === AUTO ? "AUTO" : "GUIDED", isArmed: true, systemStatus: 4 },
    },
    position: { receivedAtMonoMs: monoMs, value: { ...vehicle.position.value, altitudeAboveHomeM: heightM } },
  };
};
const publishVehicle = (heightM: number, customMode: number): void => {
  act(() => station.transport.receive(aBatch([at(heightM, customMode)], monoMs)));
  tick();
};
const tick = (ms = 600): void => {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
};
function open(heightM: number, customMode: number): void {
  station = aStation();
  station.transport.answerWith(() => done);
  render(
    <StoresProvider stores={station.stores}>
      <App />
    </StoresProvider>,
  );
  act(() => station.transport.receive({ kind: "abilities", vehicleId: VEHICLE, abilities: {} }));
  publishVehicle(heightM, customMode);
  fireEvent.click(screen.getByTestId("tab-commands"));
  tick();
}
const field = (): HTMLInputElement => screen.getByTestId("height");
const commands = () => station.transport.requests().filter(({ kind }) => kind === "command");
const enter = (text: string): void => {
  fireEvent.change(field(), { target: { value: text } });
  tick();
  fireEvent.keyDown(field(), { key: "Enter" });
};
const hold = (testId: string): void => {
  fireEvent.pointerDown(screen.getByTestId(testId), { button: 0 });
  tick(1100);
  fireEvent.pointerUp(screen.getByTestId(testId));
};
const line = (): string => screen.getByTestId("command-line").textContent;

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

describe("in a mission", () => {
  it("is held, and says that it leaves the mission; a click or Enter sends nothing", () => {
    open(64, AUTO);
    enter("65");
    expect(screen.getByTestId("asks-change-altitude").textContent).toMatch(/flies its mission, and leaves it/);
    fireEvent.click(screen.getByTestId("send-change-altitude"));
    tick();
    expect(commands()).toEqual([]);
    expect(line()).toMatch(/NOT SENT: hold its button/);
    hold("send-change-altitude");
    expect(commands()).toMatchObject([
      { command: { kind: "change-altitude", height: { datum: "home", valueM: 65 } }, isConfirmed: true },
    ]);
  });
});

describe("in guided flight", () => {
  it("follows the height until it is touched, and is sent by Enter", () => {
    open(10, GUIDED);
    expect(field().value).toBe("10");
    publishVehicle(62, GUIDED);
    expect(field().value).toBe("62");
    enter("70");
    publishVehicle(63, GUIDED);
    expect(field().value).toBe("70");
    expect(commands()).toMatchObject([{ command: { height: { valueM: 70 } }, isConfirmed: false }]);
  });
  it("is held where it leads low or far down", () => {
    open(60, GUIDED);
    enter("3");
    expect(commands()).toEqual([]);
    expect(screen.getAllByTestId("asks-change-altitude").map(({ textContent }) => textContent)).toEqual([
      "▲ More than 30 m down.",
      "▲ Down to less than 15 m above home.",
    ]);
    hold("send-change-altitude");
    expect(commands()).toMatchObject([{ isConfirmed: true }]);
  });
  it("says done of what was reached, and else that it goes there", async () => {
    open(64, GUIDED);
    enter("48");
    await act(() => Promise.resolve());
    expect(line()).toMatch(/accepted .*, descending/);
    expect(line()).not.toMatch(/done/);
    publishVehicle(49, GUIDED);
    enter("50");
    await act(() => Promise.resolve());
    expect(line()).toMatch(/50\s*m SIM-1: done/);
  });
  it("on its way to a place that is now dangerous is held, and says why; once it is over, it is not", () => {
    open(64, GUIDED);
    const far = { latitudeDeg: 51.5, longitudeDeg: 1.6 };
    const command = { kind: "go-to", position: far, height: { datum: "home", valueM: 64 } } as const;
    const say = (target: GuidedTarget | undefined): void => {
      act(() => station.transport.receive({ kind: "guided-target", vehicleId: VEHICLE, target }));
      tick();
    };
    say({ command, isConfirmed: false });
    enter("70");
    expect(commands()).toEqual([]);
    expect(screen.getAllByTestId("asks-change-altitude").map(({ textContent }) => textContent)).toContain(
      "▲ More than 5 km away.",
    );
    hold("send-change-altitude");
    expect(commands()).toMatchObject([{ command: { kind: "change-altitude" }, isConfirmed: true }]);
    say(undefined);
    expect(screen.queryAllByTestId("asks-change-altitude")).toEqual([]);
  });
});

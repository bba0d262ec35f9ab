// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { GuidedCommand } from "../../../src/vehicle/guidedTarget.js";
import { FlyContext } from "../FlyContext.js";
import { flyViewStore } from "../flyViewStore.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aBatch, aStation, aVehicle, VEHICLE } from "../../bridge/testing/builders.js";
import { useSceneTargets } from "./useSceneTargets.js";

const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.61 };
const THERE = { latitudeDeg: 50.78, longitudeDeg: 1.61 };
const stamped = <T,>(value: T) => ({ value, receivedAtMonoMs: 1000 });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function open() {
  const station = aStation();
  const flyView = station.stores.get(flyViewStore);
  const home = stamped({ position: HERE, altitudeAmslM: 10 });
  const position = stamped({ position: HERE, altitudeAmslM: 60, altitudeAboveHomeM: 50 });
  station.transport.receive(aBatch([aVehicle({ lastReceivedMonoMs: 1000, home, position })]));
  const { result } = renderHook(() => useSceneTargets(), {
    wrapper: ({ children }) => (
      <StoresProvider stores={station.stores}>
        <FlyContext value={{ flyView, actions: [] }}>{children}</FlyContext>
      </StoresProvider>
    ),
  });
  const settle = (): void =>
    act(() => {
      vi.advanceTimersByTime(1000);
    });
  const say = (command: GuidedCommand | undefined): void => {
    act(() => {
      const target = command && { command, isConfirmed: true };
      station.transport.receive({ kind: "guided-target", vehicleId: VEHICLE, target });
    });
    settle();
  };
  const preview = (): void => {
    act(() => {
      const place = { position: THERE, heightAboveHomeM: 40, radiusM: 80 };
      flyView.previewed.set({ use: "orbit", vehicleId: VEHICLE, ...place });
    });
    settle();
  };
  return { say, preview, drawn: () => result.current };
}
const goTo = (datum: "home" | "amsl", valueM: number): GuidedCommand => ({
  ...{ kind: "go-to", position: THERE, height: { datum, valueM } },
});

describe("the places on the map", () => {
  it("are those that the station says an aircraft flies to, until it says that this is over", () => {
    const { say, drawn } = open();
    expect(drawn()).toEqual([]);
    say(goTo("home", 50));
    expect(drawn()).toMatchObject([
      {
        from: HERE,
        position: THERE,
        altitudeAmslM: 60,
        radiusM: 0,
        isPreview: false,
        label: expect.stringMatching(/^SIM-1 Go here 50.m$/),
      },
    ]);
    say(goTo("amsl", 50));
    expect(drawn()).toMatchObject([{ altitudeAmslM: 50 }]);
    say(undefined);
    expect(drawn()).toEqual([]);
  });

  it("and the one that is previewed, beside the one that it flies round", () => {
    const { say, preview, drawn } = open();
    const height = { datum: "home", valueM: 30 } as const;
    say({ kind: "orbit", centre: HERE, height, radiusM: 120, direction: "clockwise" });
    preview();
    expect(drawn()).toMatchObject([
      { position: HERE, altitudeAmslM: 40, radiusM: 120, isPreview: false },
      { position: THERE, altitudeAmslM: 50, radiusM: 80, isPreview: true },
    ]);
    expect(new Set(drawn().map(({ id }) => id)).size).toBe(2);
    expect(drawn()[1]?.label).toMatch(/^\? SIM-1 /);
  });
});

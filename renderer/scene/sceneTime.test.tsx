// @vitest-environment happy-dom
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ToUi } from "../../src/contract/messages.js";
import { StoresProvider } from "../bridge/StoresContext.js";
import type { UiStores } from "../bridge/uiStores.js";
import { aBatch, aHello, aStation } from "../bridge/testing/builders.js";
import { demoRecording } from "../bridge/testing/fakeWorld.js";
import { FlyContext } from "../fly/FlyContext.js";
import { flyViewStore } from "../fly/flyViewStore.js";
import { FlyScene } from "../fly/FlyScene.js";
import { createPlayer } from "../review/player.js";
import { seek } from "../review/replayClock.js";
import { Latest } from "../bridge/latest.js";
import { planEditorStore } from "../plan/planEditor.js";
import { PlanEditorProvider } from "../plan/PlanEditorContext.js";
import { PlanScene } from "../plan/PlanScene.js";
import { ReviewScene } from "../review/ReviewScene.js";
import type { CoastSceneProps } from "./sceneTypes.js";

const given: { props: CoastSceneProps | undefined } = { props: undefined };
vi.mock("./CoastScene.js", () => ({
  CoastScene: (props: CoastSceneProps) => {
    given.props = props;
    return null;
  },
}));
afterEach(() => {
  cleanup();
  given.props = undefined;
});

const renderFly = (stores: UiStores): void =>
  void render(
    <StoresProvider stores={stores}>
      <FlyContext value={{ flyView: stores.get(flyViewStore), actions: [] }}>
        <FlyScene insetPx={{ left: 0, right: 0, top: 0, bottom: 0 }} />
      </FlyContext>
    </StoresProvider>,
  );

describe("the time of the scene's tide", () => {
  it("is the replay's in Review, also after a jump", () => {
    const { stores, store } = aStation();
    const player = createPlayer(demoRecording(1_700_000_000_000_000), store);
    render(
      <StoresProvider stores={stores}>
        <ReviewScene player={player} />
      </StoresProvider>,
    );
    const { firstUnixUs } = player.clock.get();
    expect(given.props?.tide?.unixMsNow()).toBe(firstUnixUs / 1000);
    player.change((clock) => seek(clock, firstUnixUs + 60e6));
    expect(given.props?.tide?.unixMsNow()).toBe(firstUnixUs / 1000 + 60_000);
    expect(given.props?.sceneTime?.()).toBe(firstUnixUs / 1000 + 60_000);
  });

  it("is the station's in Fly, and not known before the station has given it", () => {
    const { stores, time, transport } = aStation();
    renderFly(stores);
    act(() => transport.receive(aHello()));
    expect(given.props?.tide?.unixMsNow()).toBeUndefined();
    // A station in another year than the page.
    act(() => transport.receive({ ...aBatch(), stationUnixUs: 1_600_000_000_000_000 } as ToUi));
    expect(given.props?.tide?.unixMsNow()).toBe(1_600_000_000_000);
    time.ms += 2500;
    expect(given.props?.tide?.unixMsNow()).toBe(1_600_000_002_500);
    expect(given.props?.sceneTime?.()).toBe(1_600_000_002_500);
  });
});

describe("the time of the sun in Plan", () => {
  it("is the station's, and not known before the station has given it", () => {
    const { stores, transport } = aStation();
    render(
      <StoresProvider stores={stores}>
        <PlanEditorProvider value={stores.get(planEditorStore)}>
          <PlanScene fit={new Latest(undefined)} onClose={() => undefined} />
        </PlanEditorProvider>
      </StoresProvider>,
    );
    act(() => transport.receive(aHello()));
    expect(given.props?.sceneTime?.()).toBeUndefined();
    act(() => transport.receive({ ...aBatch(), stationUnixUs: 1_600_000_000_000_000 } as ToUi));
    expect(given.props?.sceneTime?.()).toBe(1_600_000_000_000);
  });
});

describe("the sea of a simulation", () => {
  const openFly = () => {
    const { stores, transport } = aStation();
    renderFly(stores);
    return transport;
  };
  const training = { scenarioName: "Boulogne", seed: 1, planText: undefined };

  it("has no tide in training: boats afloat are not drawn on dry sand", () => {
    const transport = openFly();
    act(() => transport.receive(aHello({ training: undefined })));
    expect(given.props?.tide?.isSeaSimulated).toBe(false);
    act(() => transport.receive(aHello({ training })));
    expect(given.props?.tide?.isSeaSimulated).toBe(true);
  });

  it("has none in the replay of a simulated flight either", () => {
    const { stores, store } = aStation();
    const recording = demoRecording(1_700_000_000_000_000);
    const vehicles = (isSimulated: boolean) => recording.vehicles.map((vehicle) => ({ ...vehicle, isSimulated }));
    for (const isSimulated of [true, false]) {
      const player = createPlayer({ ...recording, vehicles: vehicles(isSimulated) }, store);
      render(
        <StoresProvider stores={stores}>
          <ReviewScene player={player} />
        </StoresProvider>,
      );
      expect(given.props?.tide?.isSeaSimulated).toBe(isSimulated);
      cleanup();
    }
  });
});

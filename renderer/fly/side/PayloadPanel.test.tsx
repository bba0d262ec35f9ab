// @vitest-environment happy-dom
/** Gimbal, camera and Remote ID of the target: what a person reads, and what each control asks of which device. */
import { act, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { err } from "../../../src/core/result.js";
import type { Camera, Gimbal, Payload, PayloadCommand, RemoteId } from "../../../src/vehicle/payload.js";
import {
  cameraEvent,
  gimbalEvent,
  receivePayload,
  streamEvent,
  streamOf,
} from "../../../src/vehicle/testing/payloadBuilder.js";
import type { VehicleState } from "../../../src/vehicle/vehicleState.js";
import { VEHICLE } from "../../bridge/testing/builders.js";
import { DEMO_HOME } from "../../bridge/testing/fakeWorld.js";
import { applyMapClick } from "../place/mapClick.js";
import {
  flying,
  openSide,
  press,
  reasonOf,
  SECOND,
  settle,
  tick,
  type,
  standStillInTime,
  wordsOf,
} from "../testing/openSide.js";

standStillInTime();

type GimbalChange = Partial<Omit<Gimbal, "id" | "task" | "attitude">> & {
  readonly attitude?: Gimbal["attitude"];
  readonly task?: Gimbal["task"];
};

function withGimbal({ attitude, task, ...change }: GimbalChange = {}, id = "154/1"): Payload {
  const made = receivePayload([gimbalEvent(id, { protocol: "gimbal-v2", control: "us", ...change })]);
  return { ...made, gimbals: made.gimbals.map((one) => ({ ...one, attitude, task: task ?? one.task })) };
}
const withCamera = (change: Partial<Omit<Camera, "id" | "streams">>): Payload =>
  receivePayload([cameraEvent("100", change)]);
const attitude = (pitchDeg: number, yawFromNoseDeg: number | undefined): Gimbal["attitude"] => ({
  receivedAtMonoMs: 1000,
  value: { pitchDeg, yawFromNoseDeg, yawEarthDeg: undefined },
});

function openPayload(payload: Payload, vehicles: readonly VehicleState[] = [flying()]) {
  const open = openSide("payload", { vehicles, payload });
  const sent = (): readonly PayloadCommand[] => open.requests("payload-command").map(({ command }) => command);
  return { ...open, sent };
}

describe("whose payload it is", () => {
  it("is the target's: its devices are shown and asked, and no other aircraft's", () => {
    const { station, requests } = openPayload(withGimbal(), [flying(), flying({ id: SECOND, systemId: 2 })]);
    act(() => station.transport.receive({ kind: "payload", vehicleId: SECOND, payload: withGimbal({}, "154/9") }));
    press("gimbal-nadir");
    act(() => station.store.setTarget(SECOND));
    expect([screen.queryByTestId("gimbal-154/1"), screen.queryByTestId("gimbal-154/9")?.tagName]).toEqual([
      null,
      "SECTION",
    ]);
    press("gimbal-nadir");
    expect(requests("payload-command")).toMatchObject([
      { vehicleId: VEHICLE, command: { gimbalId: "154/1" } },
      { vehicleId: SECOND, command: { gimbalId: "154/9" } },
    ]);
  });

  it("is told to be none where nothing has answered", () => {
    openSide("payload", { payload: { gimbals: [], cameras: [], remoteId: undefined } });
    expect(screen.getByText("No gimbal and no camera has answered.")).toBeDefined();
  });

  it("says what the last command came to, until the next is sent", async () => {
    const { station } = openPayload(withGimbal());
    station.transport.answerWith(() => err({ kind: "command", failure: { kind: "vehicle-lost" } }));
    press("gimbal-nadir");
    await settle();
    expect(wordsOf("payload")).toContain("▲ The aircraft is no longer heard.");
    station.transport.answerWith(() => undefined);
    press("gimbal-nadir");
    expect(wordsOf("payload")).not.toContain("▲");
  });
});

describe("the gimbal", () => {
  const angles = (pitchDeg: number, yawDeg: number) =>
    ({ kind: "gimbal-angles", gimbalId: "154/1", pitchDeg, yawDeg, frame: "vehicle" }) as const;

  it.each([
    ["nadir", angles(-90, 0)],
    ["ahead", angles(-15, 0)],
    ["↑", angles(-25, 12)],
    ["↓", angles(-35, 12)],
    ["←", angles(-30, 7)],
    ["→", angles(-30, 17)],
    ["stop", { kind: "gimbal-stop", gimbalId: "154/1" }],
    ["release", { kind: "gimbal-release", gimbalId: "154/1" }],
  ] as const)("%s", (button, command) => {
    const { sent } = openPayload(withGimbal({ attitude: attitude(-30, 12) }));
    press(`gimbal-${button}`);
    expect(sent()).toEqual([command]);
  });

  it("is nudged from ahead as long as it does not tell its direction", () => {
    const { sent } = openPayload(withGimbal());
    expect(wordsOf("gimbal-154/1")).toContain("direction not known · free");
    press("gimbal-↓");
    expect(sent()).toEqual([angles(-20, 0)]);
  });

  it.each([
    [{ kind: "none" }, "free"],
    [{ kind: "angles", pitchDeg: -90, yawDeg: 0, frame: "vehicle" }, "held at an angle"],
    [{ kind: "place", position: DEMO_HOME, heightAmslM: 3 }, "looks at a place"],
    [{ kind: "contact", contactId: "C-3" }, "follows C-3"],
  ] as const)("tells direction and task: %j", (task, words) => {
    openPayload(withGimbal({ attitude: attitude(-30.4, -12), task }));
    expect(wordsOf("gimbal-154/1")).toContain(`pitch −30°, −12° from the nose · ${words}`);
  });

  it("follows the contact that is selected, by name, and none while none is", () => {
    const { flyView, sent } = openPayload(withGimbal());
    expect(reasonOf("gimbal-contact")).toBe("select a contact first");
    press("gimbal-contact");
    expect(sent()).toEqual([]);
    act(() => flyView.selectContact("C-12"));
    tick(3000);
    expect(wordsOf("gimbal-contact")).toMatch(/^Follow C-12/);
    press("gimbal-contact");
    expect(sent()).toEqual([{ kind: "gimbal-contact", gimbalId: "154/1", contactId: "C-12" }]);
  });

  const PLACE = { latitudeDeg: 50.772, longitudeDeg: 1.607 };
  it.each([
    ["the height of home", flying(), 20],
    ["sea level where home is not known", flying({ home: undefined }), 0],
  ])("looks at the place that is clicked, at %s", (_, vehicle, heightAmslM) => {
    const { flyView, sent } = openPayload(withGimbal(), [vehicle]);
    press("gimbal-place");
    expect(flyView.mapClickMode.get()).toBe("look");
    act(() => applyMapClick(flyView, PLACE));
    expect(sent()).toEqual([{ kind: "gimbal-place", gimbalId: "154/1", position: PLACE, heightAmslM }]);
    expect(flyView.previewed.get()).toBeUndefined();
  });

  it("a second press of At a place takes the choice back", () => {
    const { flyView } = openPayload(withGimbal());
    press("gimbal-place");
    press("gimbal-place");
    expect(flyView.mapClickMode.get()).toBeUndefined();
  });

  it("that another station steers is not moved, says so, and is taken only by a second press that names it", () => {
    const { flyView, sent } = openPayload(withGimbal({ control: "other-station", controllerSystemId: 254 }));
    act(() => flyView.selectContact("C-12"));
    for (const button of ["nadir", "ahead", "place", "contact", "stop", "↑", "↓", "←", "→"]) {
      press(`gimbal-${button}`);
      expect([button, reasonOf(`gimbal-${button}`)]).toEqual([button, "another station steers it: acquire it first"]);
    }
    expect([sent(), flyView.mapClickMode.get()]).toEqual([[], undefined]);
    press("gimbal-acquire");
    expect(sent()).toEqual([]);
    expect(wordsOf("gimbal-acquire")).toBe("Press again: take it from station 254");
    press("gimbal-acquire");
    expect(sent()).toEqual([{ kind: "gimbal-acquire", gimbalId: "154/1", isTakeover: true }]);
  });

  it.each(["nobody", "autopilot", "unknown"] as const)("steered by %s is acquired by one press", (control) => {
    const { sent } = openPayload(withGimbal({ control }));
    press("gimbal-acquire");
    expect(sent()).toEqual([{ kind: "gimbal-acquire", gimbalId: "154/1", isTakeover: false }]);
    expect(screen.queryByTestId("gimbal-release")).toBeNull();
  });

  it("of the old messages knows no control to acquire or release", () => {
    openPayload(withGimbal({ protocol: "mount-v1" }));
    expect([screen.queryByTestId("gimbal-acquire"), screen.queryByTestId("gimbal-release")]).toEqual([null, null]);
  });
});

describe("the camera", () => {
  const can = {
    ...{ capturesImages: true, capturesVideo: true, hasModes: true },
    ...{ zooms: true, focuses: true, hasThermalRange: true },
  };
  const none = {
    ...{ capturesImages: false, capturesVideo: false, hasModes: false },
    ...{ zooms: false, focuses: false, hasThermalRange: false },
  };

  it("is asked for what it can do", () => {
    const { sent } = openPayload(withCamera({ can, zoomPercent: 10, focusPercent: 20, mode: "image" }));
    press("camera-image");
    press("camera-record");
    type("camera-zoom", "40");
    type("camera-focus", "60");
    fireEvent.click(screen.getByText("Video"));
    expect(sent()).toEqual([
      { kind: "camera-image", cameraId: "100" },
      { kind: "camera-record", cameraId: "100", isOn: true },
      { kind: "camera-zoom", cameraId: "100", percent: 40 },
      { kind: "camera-focus", cameraId: "100", percent: 60 },
      { kind: "camera-mode", cameraId: "100", mode: "video" },
    ]);
  });

  it("shows nothing that it cannot do, nor a choice between modes while it surveys", () => {
    openPayload(withCamera({ can: none }));
    const offered = ["camera-image", "camera-record", "camera-zoom", "camera-focus"];
    expect(offered.map((testId) => screen.queryByTestId(testId))).toEqual([null, null, null, null]);
    expect(screen.queryByRole("radiogroup")).toBeNull();
  });

  it("offers no other mode while it surveys", () => {
    openPayload(withCamera({ can, mode: "survey" }));
    expect(screen.queryByRole("radiogroup")).toBeNull();
  });

  it("that records says for how long, and is stopped", () => {
    const { sent } = openPayload(withCamera({ can, isRecording: true, recordingS: 75 }));
    expect(wordsOf("camera-100")).toContain("● recording 1:15");
    expect(screen.getByTestId("camera-record").getAttribute("aria-pressed")).toBe("true");
    press("camera-record");
    expect(sent()).toEqual([{ kind: "camera-record", cameraId: "100", isOn: false }]);
  });

  it("tells name, images, storage and temperatures", () => {
    const thermalRange = { receivedAtMonoMs: 1000, value: { minC: -3.2, maxC: 31.7 } };
    openPayload(
      withCamera({ vendorName: "Acme", modelName: "T1", can, countOfImages: 12, storageFreeMib: 2048, thermalRange }),
    );
    const words = wordsOf("camera-100");
    expect(words).toContain("Acme T1");
    expect(words).toContain("12 images · 2.15 GB free · about −3 to 32 °C");
  });

  it("has a number where it has no name", () => {
    openPayload(withCamera({ can }));
    expect(wordsOf("camera-100")).toContain("Camera 100");
  });

  it("starts and stops each of its streams", () => {
    const payload = receivePayload([
      cameraEvent("100"),
      streamEvent("100", streamOf(1)),
      streamEvent("100", streamOf(2, { name: "", isRunning: false, isThermal: true, widthPx: 640, heightPx: 512 })),
    ]);
    const { sent } = openPayload(payload);
    const rows = screen.getAllByRole("listitem");
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      "stream 1  H264 1280×720Stop",
      "Stream 2 ◉ thermal H264 640×512Start",
    ]);
    for (const row of rows) fireEvent.click(row.querySelector("button") ?? row);
    expect(sent()).toEqual([
      { kind: "camera-stream", cameraId: "100", streamId: 1, isOn: false },
      { kind: "camera-stream", cameraId: "100", streamId: 2, isOn: true },
    ]);
  });
});

describe("Remote ID", () => {
  const silent: RemoteId = { arm: undefined, problem: undefined, lastReceivedMonoMs: 1000, operator: undefined };
  const openRemoteId = (change: Partial<RemoteId> = {}, vehicle = flying()) =>
    openPayload({ gimbals: [], cameras: [], remoteId: { ...silent, ...change } }, [vehicle]);

  it.each([
    [{ arm: "ready" }, "Remote ID ready"],
    [{ arm: "not-ready", problem: "no operator" }, "Remote ID not ready: no operator"],
    [{}, "Remote ID says nothing"],
  ] as const)("%j", (change, words) => {
    openRemoteId(change);
    expect(wordsOf("remote-id")).toContain(words);
  });

  it("sends who operates it, from the aircraft's home and its height, without blanks round the words", () => {
    const { sent } = openRemoteId();
    tick();
    type("operator-id", " FRA87 ");
    type("operator-description", " watch flight ");
    press("operator-send");
    const operator = { operatorId: "FRA87", description: "watch flight", position: DEMO_HOME, altitudeAmslM: 20 };
    expect(sent()).toEqual([{ kind: "remote-id-operator", operator }]);
  });

  it("asks for the operator's number, and for home, before it sends", () => {
    const { sent } = openRemoteId({}, flying({ home: undefined }));
    press("operator-send");
    expect(reasonOf("operator-send")).toBe("give the operator's number");
    type("operator-id", "FRA87");
    expect(reasonOf("operator-send")).toMatch(/home/);
    press("operator-send");
    expect(sent()).toEqual([]);
  });

  it("shows the operator that is being sent, and stops sending", () => {
    const operator = { operatorId: "FRA87", description: "watch", position: DEMO_HOME, altitudeAmslM: 20 };
    const { sent } = openRemoteId({ operator });
    expect(screen.getByTestId<HTMLInputElement>("operator-id").value).toBe("FRA87");
    expect(screen.getByTestId<HTMLInputElement>("operator-description").value).toBe("watch");
    fireEvent.click(screen.getByText("Stop sending"));
    expect(sent()).toEqual([{ kind: "remote-id-operator", operator: undefined }]);
  });
});

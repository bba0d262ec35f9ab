/**
 * A fake station for looking at the screens without a real one (`?demo=1` in a development build; never part of the
 * product). It flies circles off Wimereux, reports a few contacts and replies to requests.
 */
import { ok } from "../../../src/core/result.js";
import { seededRng } from "../../../src/core/rng.js";
import { destination } from "../../../src/geo/geodesic.js";
import { readTide } from "../../../src/geo/tide/tideDocument.js";
import { createTideModel } from "../../../src/geo/tide/tideModel.js";
import type { Position } from "../../../src/geo/position.js";
import { createPublisher } from "../../../src/contract/envelope.js";
import type { FromUi, ReplyValue, ToUi, UiRequest } from "../../../src/contract/messages.js";
import type { VehicleId } from "../../../src/vehicle/vehicleState.js";
import { DemoServices } from "./fakeServices.js";
import { DEMO_HOME, demoBatch, demoContacts, demoFrame, demoGround, demoRecording, demoVehicle } from "./fakeWorld.js";
import type { OpenTransport } from "../transport.js";
import { FIRST_CAMERA_ID } from "../cameraPictures.js";

const VEHICLE_ID = "udp/1" as VehicleId;
const SECOND_ID = "udp/2" as VehicleId;
const coastFiles = import.meta.glob<string>("../../../missions/coast/channel.json", {
  query: "?raw",
  import: "default",
});
const placesFiles = import.meta.glob<string>("../../../missions/places/channel.json", {
  query: "?raw",
  import: "default",
});

const tideFiles = import.meta.glob<string>("../../../missions/tide/channel.json", {
  query: "?raw",
  import: "default",
});

type Demo = {
  isArmed: boolean;
  modeName: string;
  turnDeg: number;
  awaitsFrameShown: boolean;
  frameId: number;
  plans: Map<string, string>;
};

export const demoTransport =
  (): OpenTransport =>
  ({ onMessage: onEnvelope, onConnection }) => {
    const { publish } = createPublisher("demo");
    const onMessage = (message: ToUi): void => onEnvelope(publish(message));
    const demo: Demo = {
      isArmed: false,
      modeName: "LOITER",
      turnDeg: 0,
      awaitsFrameShown: false,
      frameId: 0,
      plans: new Map(),
    };
    const rng = seededRng(42);
    const nowUs = (): number => Date.now() * 1000;
    const place = (): Position => destination(DEMO_HOME, demo.turnDeg, 350);
    // `?demo=empty`: a station that has neither links nor aircraft yet.
    const isEmpty = new URLSearchParams(location.search).get("demo") === "empty";
    const services = new DemoServices(onMessage, isEmpty ? [] : [VEHICLE_ID, SECOND_ID], !isEmpty);
    onConnection("open");
    setTimeout(() => {
      const training = { scenarioName: "Boulogne, night 1", seed: 42, planText: undefined };
      onMessage({
        kind: "hello",
        contractVersion: 1,
        stationVersion: "demo",
        training,
        hasCoast: true,
        hasPlaces: true,
        terrainFiles: [],
        hasMaps: false,
      });
      services.greet();
    }, 50);
    const pictures = setTimeout(() => {
      for (const [index, { id }] of demoContacts(nowUs(), 0).entries()) {
        const luma = Uint8Array.from({ length: 48 * 36 }, (_, i) => {
          const dx = (i % 48) - 24;
          const dy = Math.floor(i / 48) - 18;
          return 60 + rng.uniform() * 20 + 150 * Math.exp(-(dx * dx + dy * dy) / (20 + index * 25));
        });
        onMessage({ kind: "contact-picture", contactId: id, widthPx: 48, heightPx: 36, luma });
      }
    }, 600);
    const ticker = setInterval(() => {
      if (demo.isArmed && demo.modeName !== "PAUSE") demo.turnDeg = (demo.turnDeg + 0.2) % 360;
      const nowMs = performance.now();
      const vehicle = demoVehicle({ id: VEHICLE_ID, place: place(), nowMs, ...demo });
      const second = {
        ...demoVehicle({ ...demo, id: SECOND_ID, place: DEMO_HOME, nowMs, isArmed: false }),
        systemId: 2,
      };
      const vehicles = isEmpty ? [] : [vehicle, second];
      onMessage({ ...demoBatch(vehicles, nowMs, nowUs()), links: services.links(nowMs), paths: services.paths() });
    }, 100);
    const slow = setInterval(() => {
      onMessage({ kind: "contacts", contacts: demoContacts(nowUs(), demo.turnDeg) });
      onMessage({
        kind: "video-status",
        cameraId: FIRST_CAMERA_ID,
        status: {
          state: "live",
          because: undefined,
          uri: "udp://:5600",
          framesPerS: 28,
          hasKlv: true,
          skewMs: 12,
          latencyMs: 118,
        },
      });
      onMessage({
        kind: "recorder-status",
        status: {
          state: "recording",
          folder: "sorties/2026-11-23T02-10-00Z-boulogne",
          because: undefined,
          sinceUnixUs: nowUs() - 247e6,
          bytes: 48_200_000,
        },
      });
    }, 500);
    const video = setInterval(() => {
      if (demo.awaitsFrameShown) return;
      demo.awaitsFrameShown = true;
      const ground = demoGround(place(), demo.turnDeg + 90);
      onMessage({
        kind: "video-frame",
        cameraId: FIRST_CAMERA_ID,
        frame: demoFrame({ frameId: ++demo.frameId, unixTimeUs: nowUs(), rng, ground }),
      });
    }, 66);
    const send = (message: FromUi): void => {
      if (message.kind === "frame-shown") demo.awaitsFrameShown = false;
      if (message.kind !== "request") return;
      const { requestId, request } = message;
      const asked = services.answer(request) ?? answer(request, demo, onMessage).then((value) => ok(value));
      void Promise.resolve(asked).then((result) => onMessage({ kind: "reply", requestId, result }));
    };
    return {
      send,
      dispose: () => {
        for (const timer of [ticker, slow, video]) clearInterval(timer);
        clearTimeout(pictures);
      },
    };
  };

const pause = (afterMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, afterMs));

const textOf = async (files: typeof coastFiles): Promise<string> => (await Object.values(files)[0]?.()) ?? "{}";

async function answer(request: UiRequest, demo: Demo, publish: (message: ToUi) => void): Promise<ReplyValue> {
  if (request.kind === "get-coast") return { kind: "coast", documentJson: await textOf(coastFiles) };
  if (request.kind === "get-places") return { kind: "places", documentJson: await textOf(placesFiles) };
  if (request.kind === "get-tide") return tideOf(request);
  if (request.kind === "upload-plan") await upload(publish);
  if (request.kind === "command") await command(request, demo, publish);
  if (request.kind === "save-plan") demo.plans.set(request.name, request.planText);
  if (request.kind === "list-plans") return { kind: "plans", names: [...demo.plans.keys()] };
  if (request.kind === "load-plan") {
    return { kind: "plan", name: request.name, planText: demo.plans.get(request.name) ?? "" };
  }
  return answerOfRecordings(request);
}

async function tideOf({ position, unixTimeMs }: Extract<UiRequest, { kind: "get-tide" }>): Promise<ReplyValue> {
  const read = readTide(await textOf(tideFiles), "channel.json");
  if (!read.ok) return { kind: "done" };
  const tide = createTideModel(read.value).tideAt(position, unixTimeMs ?? Date.now());
  return { kind: "tide", tide, attribution: read.value.attribution };
}

function answerOfRecordings(request: UiRequest): ReplyValue {
  const name = "2026-11-23T02-10-00Z-boulogne";
  const summary = { path: "demo", name, kind: "sortie", bytes: 48_200_000, isSealed: false } as const;
  if (request.kind === "list-recordings") return { kind: "recordings", recordings: [summary] };
  if (request.kind === "open-recording" || request.kind === "open-recording-bytes") {
    return { kind: "recording", document: demoRecording(Date.now() * 1000) };
  }
  if (request.kind !== "recording-frame") return { kind: "done" };
  const { unixTimeUs } = request;
  const frameId = Math.round(unixTimeUs / 1e5);
  return { kind: "frame", frame: demoFrame({ frameId, unixTimeUs, rng: seededRng(1), ground: undefined }) };
}

async function upload(publish: (message: ToUi) => void): Promise<void> {
  const countOfItems = 28;
  for (const phase of ["uploading", "reading-back"] as const) {
    for (let countOfDone = 0; countOfDone <= countOfItems; countOfDone += 4) {
      publish({
        kind: "transfer-status",
        vehicleId: VEHICLE_ID,
        status: { phase, part: "mission", countOfDone, countOfItems },
      });
      await pause(60);
    }
  }
  publish({ kind: "transfer-status", vehicleId: VEHICLE_ID, status: { phase: "verified", countOfItems } });
  publish({
    kind: "aircraft-plan",
    vehicleId: VEHICLE_ID,
    plan: { kind: "verified", countOfItems, planHash: "demo", unixTimeUs: Date.now() * 1000 },
  });
}

type Order = Extract<UiRequest, { kind: "command" }>;

async function command(order: Order, demo: Demo, publish: (message: ToUi) => void): Promise<void> {
  const { commandId, command: asked } = order;
  const base = { kind: "command-status", vehicleId: VEHICLE_ID, commandId, command: asked } as const;
  publish({ ...base, status: { phase: "pending", attempt: 1, progressFraction: undefined } });
  await pause(400);
  if (asked.kind === "arm") demo.isArmed = true;
  if (asked.kind === "disarm") demo.isArmed = false;
  const modes = {
    "start-mission": "AUTO",
    resume: "AUTO",
    pause: "PAUSE",
    return: "RTL",
    land: "LAND",
    "go-to": "GUIDED",
  } as const;
  if (asked.kind in modes) demo.modeName = modes[asked.kind as keyof typeof modes];
  publish({ ...base, status: { phase: "done" } });
}

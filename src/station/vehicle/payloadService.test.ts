import { describe, expect, it } from "vitest";
import type { Contact } from "../../track/contact.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFields, MavlinkFrame } from "../../mavlink/frame.js";
import { createReader } from "../../mavlink/reader.js";
import { err, type Result } from "../../core/result.js";
import type { CommandFailure } from "../../vehicle/commands.js";
import type { PayloadCommand } from "../../vehicle/payload.js";
import type { VehicleId } from "../../vehicle/vehicleState.js";
import { aServiceContext } from "../testing/serviceContext.js";
import { createPayloadService } from "./payloadService.js";
import type { VehicleEnvironment } from "./vehicleService.js";

const vehicleId = "udp:1/3" as VehicleId;
const ask = (command: PayloadCommand) => ({ kind: "payload-command", vehicleId, command }) as const;

function frameOf(name: string, fields: MavlinkFields, componentId = 1): MavlinkFrame {
  const frames: MavlinkFrame[] = [];
  const bytes = encodeFrame({ name, fields, systemId: 3, componentId, seq: 0, version: 2 });
  createReader({ isDatagram: true }).push(bytes, (frame) => frames.push(frame));
  return frames[0]!;
}
const MANAGER = frameOf("GIMBAL_MANAGER_INFORMATION", { gimbal_device_id: 1, pitch_min: -1.6, pitch_max: 0.3 });
const controlledBy = (systemId: number) =>
  frameOf("GIMBAL_MANAGER_STATUS", {
    gimbal_device_id: 1,
    primary_control_sysid: systemId,
    primary_control_compid: 190,
  });

const CONTACT = {
  id: "C-4",
  position: { latitudeDeg: 50.7, longitudeDeg: 1.55 },
  surface: "sea",
} as Contact;

function aPayload(environment: Partial<VehicleEnvironment> = {}, outcome?: Result<void, CommandFailure>) {
  const parts = aServiceContext(environment, outcome);
  const service = createPayloadService(parts.context);
  service.onFrame(MANAGER);
  service.onFrame(controlledBy(255));
  const gimbal = () => {
    const [message] = service.snapshot();
    return message?.kind === "payload" ? message.payload.gimbals[0] : undefined;
  };
  return { ...parts, service, gimbal };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a vehicle's payload", () => {
  it("is asked for, and told to the screens as it changes", () => {
    const { service, sent, published, clock } = aPayload();
    service.onFrame(frameOf("HEARTBEAT", { type: 30, autopilot: 8 }, 100));
    for (let i = 0; i < 6; i++) {
      clock.advance(500);
      service.tick();
    }
    const asked = sent.map(({ fields }) => `${String(fields["target_component"])}:${String(fields["param1"])}`);
    expect(asked).toContain("100:259");
    expect(asked).toContain("100:269");
    expect(published.some((message) => message.kind === "payload")).toBe(true);
  });

  it("does not move a gimbal that another station steers", async () => {
    const { service, steps } = aPayload();
    service.onFrame(controlledBy(254));
    const answer = await service.answer(ask({ kind: "gimbal-stop", gimbalId: "1:1" }));
    expect(answer).toEqual({
      ok: false,
      error: { kind: "payload", failure: { kind: "not-in-control", controllerSystemId: 254 } },
    });
    expect(steps).toEqual([]);
  });

  it("keeps a gimbal on a contact, and lets go when the contact is gone", async () => {
    const contacts = new Map([["C-4", CONTACT]]);
    const { service, steps, clock, gimbal } = aPayload({ contact: (id) => contacts.get(id) });
    await service.answer(ask({ kind: "gimbal-contact", gimbalId: "1:1", contactId: "C-4" }));
    expect(gimbal()!.task).toEqual({ kind: "contact", contactId: "C-4" });
    contacts.set("C-4", { ...CONTACT, position: { latitudeDeg: 50.8, longitudeDeg: 1.55 } });
    await settle();
    clock.advance(500);
    await settle();
    expect(steps.map(({ place }) => place?.latitudeDeg)).toEqual([50.7, 50.8]);
    contacts.clear();
    clock.advance(500);
    await settle();
    expect(gimbal()!.task).toEqual({ kind: "none" });
    clock.advance(5000);
    expect(steps).toHaveLength(2);
  });

  it.each([
    ["sea", 0],
    ["waterline", 0],
    ["land", 42],
    ["unknown", 42],
  ] as const)(
    "review 2: looks at a contact on %s at %d m, sea level or the height of home",
    async (surface, heightM) => {
      const { service, steps, become } = aPayload({ contact: () => ({ ...CONTACT, surface }) });
      become({ home: { value: { position: CONTACT.position, altitudeAmslM: 42 }, receivedAtMonoMs: 0 } });
      await service.answer(ask({ kind: "gimbal-contact", gimbalId: "1:1", contactId: "C-4" }));
      expect(steps.map(({ z }) => z)).toEqual([heightM]);
    },
  );

  it("stops telling a gimbal that refuses, and one that is pointed by hand", async () => {
    const refusing = aPayload({ contact: () => CONTACT }, err({ kind: "refused", mavResult: 2, reasons: [] }));
    await refusing.service.answer(ask({ kind: "gimbal-contact", gimbalId: "1:1", contactId: "C-4" }));
    for (let i = 0; i < 5; i++) {
      await settle();
      refusing.clock.advance(500);
    }
    expect(refusing.gimbal()!.task).toEqual({ kind: "none" });

    const { service, gimbal, steps, clock } = aPayload({ contact: () => CONTACT });
    await service.answer(ask({ kind: "gimbal-contact", gimbalId: "1:1", contactId: "C-4" }));
    const angles = { pitchDeg: -90, yawDeg: 0, frame: "vehicle" } as const;
    await service.answer(ask({ kind: "gimbal-angles", gimbalId: "1:1", ...angles }));
    expect(gimbal()!.task).toEqual({ kind: "angles", ...angles });
    const before = steps.length;
    clock.advance(5000);
    expect(steps).toHaveLength(before);
  });

  it("refuses a contact nobody knows, and a device that is not there", async () => {
    const { service } = aPayload();
    const unknown = await service.answer(ask({ kind: "gimbal-contact", gimbalId: "1:1", contactId: "C-9" }));
    expect(unknown).toMatchObject({ error: { failure: { kind: "no-such-contact" } } });
    const nobody = await service.answer(ask({ kind: "camera-image", cameraId: "100" }));
    expect(nobody).toMatchObject({ error: { failure: { kind: "no-such-device" } } });
  });

  it("keeps the operator's place fresh, every second, until it is taken back", async () => {
    const { service, sent, clock } = aPayload();
    const operator = {
      operatorId: "FRA1",
      description: "",
      position: { latitudeDeg: 50, longitudeDeg: 1 },
      altitudeAmslM: undefined,
    };
    await service.answer(ask({ kind: "remote-id-operator", operator }));
    clock.advance(10_000);
    const systems = () => sent.filter(({ name }) => name === "OPEN_DRONE_ID_SYSTEM").length;
    expect(systems()).toBe(11);
    await service.answer(ask({ kind: "remote-id-operator", operator: undefined }));
    clock.advance(10_000);
    expect(systems()).toBe(11);
    service.dispose();
  });
});

/**
 * One aircraft's mission service on virtual time, over a loss-free link of 20 ms each way to the simulator's mission
 * server.
 */
import { readFileSync } from "node:fs";
import { createMissionPeer } from "../../../sim/testing/missionPeer.js";
import { FakeClock } from "../../core/fakeClock.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFields, MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { identityFrom } from "../../mavlink/identity.js";
import { createReader } from "../../mavlink/reader.js";
import { readPlanFile } from "../../plan/formats/planFile.js";
import type { Plan } from "../../plan/plan.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { AircraftPlan, TransferStatus } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { NO_TERRAIN } from "../terrain/stationTerrain.js";
import { MissionService, type PlanNotice, type PlanUpload } from "../vehicle/plans/missionService.js";
import { createTransferLock } from "../vehicle/transferLock.js";

const VEHICLE = { systemId: 1, componentId: 1 };
const OWN = { systemId: 255, componentId: 190 };
export const OTHER = { systemId: 254, componentId: 190 };
const HOME = { position: { latitudeDeg: 50.77, longitudeDeg: 1.6045 }, altitudeAmslM: 6 };

const read = readPlanFile(readFileSync("missions/plans/boulogne-night-1.plan", "utf8"), "plan");
if (!read.ok) throw new Error(read.error.problem);
export const bare: Plan = { ...read.value, plannedHome: HOME, isTraining: false, vehicleType: 2, firmwareType: 3 };
export const upload = (plan: Plan, overrideReason?: string): PlanUpload => ({ plan, planHash: "hash", overrideReason });

export type Autopilot = "ardupilot" | "px4";

export function aMissionService(autopilot: Autopilot = "ardupilot", changes: Partial<VehicleState> = {}) {
  const clock = new FakeClock();
  const reader = createReader({ isDatagram: true });
  /** `hidesIds`: MISSION_COUNT without `opaque_id`, as before PX4 1.15. */
  const wire = { isUp: true, hidesIds: false, sent: [] as string[] };
  const published = { plans: [] as AircraftPlan[], statuses: [] as TransferStatus[], notices: [] as PlanNotice[] };
  const recorded: string[] = [];
  let seq = 0;
  let isLost = false;
  const peer = createMissionPeer(
    clock,
    (bytes) => void clock.after(20, () => wire.isUp && reader.push(bytes, onFrame)),
    autopilot,
  );
  let vehicle: VehicleState = {
    ...emptyVehicle({ linkName: "udp", ...VEHICLE }),
    ...identityFrom(autopilot === "px4" ? 12 : 3, 2),
    home: { value: HOME, receivedAtMonoMs: 0 },
    ...changes,
  };
  const transferLock = createTransferLock();
  const service = new MissionService({
    time: { clock, scheduler: clock },
    link: {
      ...{ vehicle: VEHICLE, own: OWN, roundTripMs: () => 40 },
      send: ({ name, fields }: OutgoingMessage) => {
        wire.sent.push(name);
        const bytes = encodeFrame({ name, fields, ...OWN, seq: seq++ & 255, version: 2 });
        clock.after(20, () => wire.isUp && peer.receive(bytes));
      },
    },
    vehicle: { state: () => vehicle, isLost: () => isLost },
    transferLock,
    updates: {
      onTransfer: (status) => published.statuses.push(status),
      onAircraftPlan: (plan) => published.plans.push(plan),
      onFenceItems: () => undefined,
      onPlanNotice: (notice) => published.notices.push(notice),
      record: (kind) => recorded.push(kind),
    },
    terrain: () => NO_TERRAIN,
  });
  const onFrame = (frame: MavlinkFrame): void => {
    const isBare = wire.hidesIds && frame.name === "MISSION_COUNT";
    service.onFrame(isBare ? { ...frame, fields: { ...frame.fields, opaque_id: 0 } } : frame);
  };
  /** PX4's current ids of its lists. */
  const idsNow = (): MavlinkFields => {
    const { mission, fence, rally } = peer.state().ids;
    return { mission_id: mission, fence_id: fence, rally_points_id: rally };
  };
  const run = (seconds: number): void => {
    for (let i = 0; i < seconds * 2; i++) {
      service.tick();
      clock.advance(500);
    }
  };
  /** Advances time until the promise is settled. */
  const over = async <T>(job: Promise<T>, seconds = 400): Promise<T> => {
    const settled = { isDone: false };
    void job.then(() => (settled.isDone = true));
    for (let i = 0; i < seconds && !settled.isDone; i++) {
      run(1);
      await Promise.resolve();
      await Promise.resolve();
    }
    return job;
  };
  const receive = (name: string, fields: MavlinkFields): void =>
    reader.push(encodeFrame({ name, fields, ...VEHICLE, seq: 0, version: 2 }), onFrame);
  const receiveCurrent = (fields: MavlinkFields, times = 3): void => {
    for (let i = 0; i < times; i++) {
      receive("MISSION_CURRENT", fields);
      run(1);
    }
  };
  const receiveOther = (name: string, fields: MavlinkFields): void =>
    reader.push(encodeFrame({ name, fields, ...OTHER, seq: 0, version: 2 }), (frame) => service.onOthersFrame(frame));
  /** Replaces the mission as another station would that this one cannot receive: other items; `count` excludes home. */
  const replaceMission = (count: number): void => peer.replaceMission(count);
  const receiveText = (text: string, severity: number): void => {
    const received = { unixTimeUs: clock.unixUs(), receivedAtMonoMs: clock.monoMs(), severity, text };
    vehicle = { ...vehicle, texts: [...vehicle.texts, received] };
    service.onText(received);
  };
  const cutLink = (isUp: boolean): void => {
    wire.isUp = isUp;
    isLost = !isUp;
    service.onPresence(!isUp);
  };
  return {
    ...{ clock, service, peer, wire, published, recorded, transferLock, run, over },
    ...{
      idsNow,
      receive,
      receiveOther,
      replaceMission,
      receiveCurrent,
      receiveText,
      cutLink,
      vehicle,
    },
  };
}

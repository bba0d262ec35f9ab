import { FakeClock } from "../../core/fakeClock.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { identityFrom } from "../../mavlink/identity.js";
import { createReader } from "../../mavlink/reader.js";
import type { CommandFailure, CommandOrder, CommandStatus, VehicleCommand } from "../../vehicle/commands.js";
import type { GuidedTarget } from "../../vehicle/guidedTarget.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { AircraftFence } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { CommandService } from "../vehicle/commands/commandService.js";
import type { PlanRefusal } from "../vehicle/plans/missionService.js";

const VEHICLE = { systemId: 1, componentId: 1 };
const OWN = { systemId: 255, componentId: 190 };
const AUTO = 3;
/** Where the aircraft is, all the time. */
export const HERE = { latitudeDeg: 50.7, longitudeDeg: 1.6 };

/** A copter on virtual time whose state and answers are set by the test. */
export function aCommandService(autopilot: "ardupilot" | "px4" = "ardupilot") {
  const clock = new FakeClock();
  const sent: OutgoingMessage[] = [];
  const published: string[] = [];
  const failed: CommandFailure[] = [];
  const late: string[] = [];
  const targets: (GuidedTarget | undefined)[] = [];
  const known: { fence: AircraftFence | undefined } = { fence: undefined };
  let isLost = false;
  let confirmed: ((refusal: PlanRefusal | undefined) => void) | undefined;
  let countOfCancels = 0;
  let state: VehicleState = {
    ...emptyVehicle({ linkName: "udp", ...VEHICLE }),
    ...identityFrom(autopilot === "px4" ? 12 : 3, 2),
    modes: [{ customMode: AUTO, name: "AUTO", isSelectable: true }],
  };
  const service = new CommandService({
    time: { clock, scheduler: clock },
    link: { vehicle: VEHICLE, own: OWN, send: (message) => sent.push(message), roundTripMs: () => 40 },
    vehicle: { state: () => state, isLost: () => isLost },
    conditions: {
      denialReason: () => undefined,
      fence: () => known.fence,
      plan: {
        confirm: (onConfirmed) => (confirmed = onConfirmed),
        cancelConfirm: () => {
          countOfCancels++;
          confirmed?.("plan-not-read");
        },
      },
    },
    updates: {
      onCommand: ({ commandId }, status: CommandStatus) => {
        if (status.phase === "failed") failed.push(status.failure);
        published.push(`${commandId} ${status.phase}${status.phase === "failed" ? ` ${status.failure.kind}` : ""}`);
      },
      onLateEffect: ({ order }) => late.push(order.commandId),
      onGuidedTarget: (target) => targets.push(target),
    },
  });
  const reader = createReader({ isDatagram: true });
  const receive = (name: string, fields: Record<string, number>): void =>
    reader.push(encodeFrame({ name, fields, ...VEHICLE, seq: 0, version: 2 }), (frame: MavlinkFrame) =>
      service.onFrame(frame),
    );
  const sendHeartbeat = (customMode: number, isArmed: boolean, heightM = 0): void => {
    clock.advance(1000);
    const receivedAtMonoMs = clock.monoMs();
    const heartbeat = { customMode, modeName: "", isArmed, systemStatus: heightM > 0 ? 4 : 3 };
    const position = { position: HERE, altitudeAmslM: heightM, altitudeAboveHomeM: heightM };
    state = {
      ...state,
      lastReceivedMonoMs: receivedAtMonoMs,
      heartbeat: { value: heartbeat, receivedAtMonoMs },
      position: { value: position, receivedAtMonoMs },
      hasBegunMission: heightM > 0,
    };
    receive("SYSTEM_TIME", {});
  };
  const ack = (command: number, result = 0): void =>
    receive("COMMAND_ACK", { command, result, target_system: OWN.systemId, target_component: OWN.componentId });
  let count = 0;
  const give = (command: VehicleCommand, isConfirmed = true): string => {
    const order: CommandOrder = { commandId: `c${++count}`, command, isConfirmed };
    void service.command(order);
    return order.commandId;
  };
  const commands = (): readonly (readonly unknown[])[] =>
    sent.map(({ fields }) => [fields["command"], fields["param1"]]);
  const lose = (): void => {
    isLost = true;
    service.onLost();
  };
  const find = (): void => void (isLost = false);
  return {
    ...{ clock, service, published, late, sendHeartbeat, ack, give, commands, lose, find, sent, targets, known },
    confirm: (refusal?: PlanRefusal) => confirmed?.(refusal),
    cancels: () => countOfCancels,
    failures: () => failed,
  };
}

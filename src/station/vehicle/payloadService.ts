/**
 * Gimbals, cameras and Remote ID of one vehicle: finds them, keeps their state, carries out the operator's commands
 * within their limits, keeps a gimbal pointed at a contact, and keeps the operator's data up to date.
 */
import { repeat } from "../../core/clock.js";
import { err, ok, type Result } from "../../core/result.js";
import type { ToUi } from "../../contract/messages.js";
import { PAYLOAD_REQUESTS, type PayloadFailure, type PayloadRequest } from "../../contract/serviceMessages.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import { fieldsOf } from "../../mavlink/messageFields.js";
import { cameraSteps, gimbalSteps, type PayloadSteps } from "../../mavlink/payload/payloadCommands.js";
import { payloadEventsFrom } from "../../mavlink/payload/payloadEvents.js";
import { ImageGaps } from "../../mavlink/payload/imageGaps.js";
import { PayloadQuestions } from "../../mavlink/payload/payloadQuestions.js";
import { remoteIdMessages } from "../../mavlink/payload/remoteIdMessages.js";
import type { Contact } from "../../track/contact.js";
import type { CommandFailure } from "../../vehicle/commands.js";
import type { Gimbal, Payload, PayloadCommand } from "../../vehicle/payload.js";
import { payloadDenialReason } from "../../vehicle/payloadRules.js";
import { EMPTY_PAYLOAD, reducePayload, withOperator, withTask } from "../../vehicle/reducePayload.js";
import type { ServiceAnswer, AnsweringService, VehicleServiceContext } from "./vehicleService.js";

/** Interval at which a followed contact's position is read again. */
const FOLLOW_MS = 500;
/** After this many refusals in a row a gimbal is no longer commanded to follow. */
const FOLLOW_FAILURES_MAX = 3;
/**
 * OPEN_DRONE_ID_SYSTEM must be sent at least once a second, or the operator's position is older than the rule allows.
 */
const REMOTE_ID_MS = 1000;
/** Interval at which missing image reports are requested again; there is no hurry, the pictures are in the camera. */
const IMAGES_AGAIN_MS = 5000;
/** Fast enough for a person to watch; each gimbal reports its attitude five times a second. */
const PUBLISH_EVERY_MS = 200;

type Following = { readonly gimbalId: string; readonly contactId: string; failures: number; isAsking: boolean };

export const createPayloadService = (context: VehicleServiceContext): AnsweringService<PayloadRequest> =>
  new WiredPayload(context);

class WiredPayload implements AnsweringService<PayloadRequest> {
  readonly #context: VehicleServiceContext;
  readonly #questions: PayloadQuestions;
  readonly #images = new ImageGaps();
  readonly #following = new Map<string, Following>();
  #state: Payload = EMPTY_PAYLOAD;
  #published: Payload = EMPTY_PAYLOAD;
  #publishedAtMonoMs = Number.NEGATIVE_INFINITY;
  #cancelTimers: () => void;

  constructor(context: VehicleServiceContext) {
    this.#context = context;
    this.#questions = new PayloadQuestions(context.link.vehicle.systemId, context.link.vehicle.componentId);
    const { scheduler } = context.time;
    const cancels = [
      repeat(scheduler, FOLLOW_MS, this.#follow),
      repeat(scheduler, REMOTE_ID_MS, this.#publishRemoteId),
      repeat(scheduler, IMAGES_AGAIN_MS, this.#askForImages),
    ];
    this.#cancelTimers = () => cancels.forEach((cancel) => cancel());
  }

  readonly onFrame = (frame: MavlinkFrame): void => {
    const { time, link, vehicle } = this.#context;
    const receivedAtMonoMs = time.clock.monoMs();
    const heartbeat = fieldsOf(frame, "HEARTBEAT");
    if (heartbeat) this.#questions.onHeartbeat(frame.componentId, heartbeat.type);
    else this.#questions.onMessage(frame.componentId, frame.messageId, receivedAtMonoMs);
    for (const message of this.#images.onFrame(frame)) this.#context.link.send(message);
    const events = payloadEventsFrom({
      ...{ frame, own: link.own, receivedAtMonoMs },
      autopilotComponentId: link.vehicle.componentId,
    });
    for (const event of events) {
      this.#state = reducePayload(this.#state, event, vehicle.state().attitude?.value.headingDeg);
    }
    if (events.length > 0 && receivedAtMonoMs - this.#publishedAtMonoMs >= PUBLISH_EVERY_MS) this.#publish();
  };

  readonly tick = (): void => {
    this.#publish();
    if (!this.#mayAsk()) return;
    const { time, link } = this.#context;
    for (const message of this.#questions.due(time.clock.monoMs())) link.send(message);
  };

  readonly onPresence = (isLost: boolean): void => {
    if (!isLost) this.#questions.reset();
  };

  readonly snapshot = (): readonly ToUi[] => [this.#message()];
  readonly dispose = (): void => this.#cancelTimers();

  readonly answers = PAYLOAD_REQUESTS;
  readonly answer = async ({ command }: PayloadRequest): Promise<ServiceAnswer> => {
    if (command.kind === "remote-id-operator") {
      this.#state = withOperator(this.#state, command.operator);
      this.#publishRemoteId();
      this.#publish();
      return ok({ kind: "done" });
    }
    const denialReason = payloadDenialReason(this.#state, command);
    if (denialReason) return err({ kind: "payload", failure: denialReason });
    const done = command.kind === "gimbal-contact" ? this.#startFollowing(command) : await this.#carryOut(command);
    if (!done.ok) return err({ kind: "payload", failure: done.error });
    this.#context.outputs.record("payload-command", { command });
    this.#publish();
    return ok({ kind: "done" });
  };

  async #carryOut(
    command: Exclude<PayloadCommand, { kind: "gimbal-contact" | "remote-id-operator" }>,
  ): Promise<Result<void, PayloadFailure>> {
    const isGimbal = "gimbalId" in command;
    // Any manual gimbal command ends the automatic following.
    if (isGimbal) this.#following.delete(command.gimbalId);
    const { vehicle, own } = this.#context.link;
    const job: PayloadSteps = isGimbal ? gimbalSteps(command, vehicle, own) : cameraSteps(command, vehicle);
    if (job.steps.length === 0) return err({ kind: "not-by-this-device" });
    const done = await this.#context.vehicle.runSteps(job.steps, job.address);
    if (!done.ok) return err({ kind: "command", failure: done.error });
    const task = taskAfter(command);
    if (isGimbal && task) this.#state = withTask(this.#state, command.gimbalId, task);
    return ok(undefined);
  }

  #startFollowing({ gimbalId, contactId }: Extract<PayloadCommand, { kind: "gimbal-contact" }>) {
    if (!this.#context.environment.contact(contactId)) return err({ kind: "no-such-contact", contactId } as const);
    this.#following.set(gimbalId, { gimbalId, contactId, failures: 0, isAsking: false });
    this.#state = withTask(this.#state, gimbalId, { kind: "contact", contactId });
    this.#follow();
    return ok(undefined);
  }

  readonly #follow = (): void => {
    if (this.#context.vehicle.isLost()) return;
    for (const following of this.#following.values()) if (!following.isAsking) void this.#lookAt(following);
  };

  async #lookAt(following: Following): Promise<void> {
    const contact = this.#context.environment.contact(following.contactId);
    if (!contact) {
      this.#stopFollowing(following);
      return;
    }
    following.isAsking = true;
    const { gimbalId } = following;
    const { link, vehicle } = this.#context;
    const place = { position: contact.position, heightAmslM: this.#heightOf(contact) };
    const job = gimbalSteps({ kind: "gimbal-place", gimbalId, ...place }, link.vehicle, link.own);
    const done: Result<void, CommandFailure> = await vehicle.runSteps(job.steps, job.address);
    following.isAsking = false;
    following.failures = done.ok ? 0 : following.failures + 1;
    if (following.failures >= FOLLOW_FAILURES_MAX) this.#stopFollowing(following);
  }

  #stopFollowing({ gimbalId, contactId }: Following): void {
    if (this.#following.get(gimbalId)?.contactId !== contactId) return;
    this.#following.delete(gimbalId);
    this.#state = withTask(this.#state, gimbalId, { kind: "none" });
    this.#publish();
  }

  /** At sea a contact floats; on land the best known height of the beach is that of the aircraft's home. */
  #heightOf({ surface }: Contact): number {
    const isAfloat = surface === "sea" || surface === "waterline";
    return isAfloat ? 0 : (this.#context.vehicle.state().home?.value.altitudeAmslM ?? 0);
  }

  readonly #publishRemoteId = (): void => {
    const operator = this.#state.remoteId?.operator;
    const { vehicle, time, link } = this.#context;
    if (!operator || vehicle.isLost() || vehicle.state().isHighLatency) return;
    for (const message of remoteIdMessages(operator, time.clock.unixUs())) link.send(message);
  };

  readonly #askForImages = (): void => {
    if (!this.#mayAsk()) return;
    const { link } = this.#context;
    for (const message of this.#images.stillMissing(link.vehicle.systemId)) link.send(message);
  };

  /** Requests of the station's own are not sent over a satellite, and give way to transfers. */
  #mayAsk(): boolean {
    const { vehicle, transferLock } = this.#context;
    return !vehicle.isLost() && !vehicle.state().isHighLatency && !transferLock.isTaken();
  }

  #message(): Extract<ToUi, { kind: "payload" }> {
    return { kind: "payload", vehicleId: this.#context.vehicle.state().id, payload: this.#state };
  }

  #publish(): void {
    if (this.#state === this.#published) return;
    this.#published = this.#state;
    this.#publishedAtMonoMs = this.#context.time.clock.monoMs();
    this.#context.outputs.publish(this.#message());
  }
}

const ENDING: readonly PayloadCommand["kind"][] = ["gimbal-rate", "gimbal-stop", "gimbal-release"];

/** The gimbal's task after this command; undefined when the command does not change it. */
function taskAfter(command: PayloadCommand): Gimbal["task"] | undefined {
  if (command.kind === "gimbal-angles") {
    return { kind: "angles", pitchDeg: command.pitchDeg, yawDeg: command.yawDeg, frame: command.frame };
  }
  if (command.kind === "gimbal-place") {
    return { kind: "place", position: command.position, heightAmslM: command.heightAmslM };
  }
  return ENDING.includes(command.kind) ? { kind: "none" } : undefined;
}

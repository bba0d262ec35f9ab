/**
 * Which questions a vehicle's payload has not answered yet, and when to ask again: more and more patiently, and not for
 * ever. Pure: the caller says what it heard and what time it is.
 */
import { CMD } from "../../plan/missionCommands.js";
import type { OutgoingMessage } from "../frame.js";

/** MAVLink message ids. */
const ID = {
  cameraInformation: 259,
  cameraSettings: 260,
  storage: 261,
  captureStatus: 262,
  streams: 269,
  gimbalManager: 280,
} as const;

/** MAV_TYPE */
const MAV_TYPE_GIMBAL = 26;
const MAV_TYPE_CAMERA = 30;

const FIRST_RETRY_MS = 1000;
const ATTEMPTS_MAX = 6;
/** Capture and storage change by themselves. */
const REFRESH_MS = 5000;
/** A radio is not flooded. */
const PER_ROUND = 3;

type Question = {
  readonly componentId: number;
  readonly messageId: number;
  /** param2 of REQUEST_MESSAGE: 0 asks for all of a numbered kind. */
  readonly isRepeated: boolean;
  attempts: number;
  nextAtMonoMs: number;
  isAnswered: boolean;
};

const CAMERA_QUESTIONS: readonly (readonly [messageId: number, isRepeated: boolean])[] = [
  [ID.cameraInformation, false],
  [ID.cameraSettings, false],
  [ID.streams, false],
  [ID.captureStatus, true],
  [ID.storage, true],
];

export class PayloadQuestions {
  readonly #systemId: number;
  readonly #questions = new Map<string, Question>();

  /** No capability bit tells of a gimbal manager before PX4 1.16 and ArduPilot 4.5: the autopilot is always asked. */
  constructor(systemId: number, autopilotComponentId: number) {
    this.#systemId = systemId;
    this.#add(autopilotComponentId, ID.gimbalManager, false);
    this.#add(autopilotComponentId, ID.cameraInformation, false);
  }

  onHeartbeat(componentId: number, mavType: number): void {
    if (mavType === MAV_TYPE_GIMBAL) this.#add(componentId, ID.gimbalManager, false);
    if (mavType === MAV_TYPE_CAMERA) this.#addCamera(componentId);
  }

  onMessage(componentId: number, messageId: number, nowMonoMs: number): void {
    // An autopilot that answers for a camera attached to it is asked the rest as well.
    if (messageId === ID.cameraInformation) this.#addCamera(componentId);
    const question = this.#questions.get(keyOf(componentId, messageId));
    if (!question) return;
    question.isAnswered = true;
    question.attempts = 0;
    question.nextAtMonoMs = nowMonoMs + REFRESH_MS;
  }

  /** After a loss the vehicle may be another configuration of itself. */
  reset(): void {
    for (const question of this.#questions.values()) {
      question.isAnswered = false;
      question.attempts = 0;
      question.nextAtMonoMs = 0;
    }
  }

  due(nowMonoMs: number): readonly OutgoingMessage[] {
    const due = [...this.#questions.values()].filter(
      (question) =>
        nowMonoMs >= question.nextAtMonoMs &&
        (question.isRepeated || !question.isAnswered) &&
        question.attempts < ATTEMPTS_MAX,
    );
    return due.slice(0, PER_ROUND).map((question) => {
      question.nextAtMonoMs = nowMonoMs + FIRST_RETRY_MS * 2 ** question.attempts;
      question.attempts++;
      return this.#ask(question);
    });
  }

  #addCamera(componentId: number): void {
    for (const [messageId, isRepeated] of CAMERA_QUESTIONS) this.#add(componentId, messageId, isRepeated);
  }

  #add(componentId: number, messageId: number, isRepeated: boolean): void {
    const key = keyOf(componentId, messageId);
    if (this.#questions.has(key)) return;
    const fresh = { attempts: 0, nextAtMonoMs: 0, isAnswered: false };
    this.#questions.set(key, { componentId, messageId, isRepeated, ...fresh });
  }

  #ask({ componentId, messageId }: Question): OutgoingMessage {
    const target = { target_system: this.#systemId, target_component: componentId };
    return {
      name: "COMMAND_LONG",
      fields: { ...target, command: CMD.requestMessage, param1: messageId, param2: 0, confirmation: 0 },
    };
  }
}

const keyOf = (componentId: number, messageId: number): string => `${componentId}/${messageId}`;

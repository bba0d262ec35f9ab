/**
 * Which messages about the payload were requested and not received yet, and when to request them again: at growing
 * intervals, and a limited number of times. Pure: the caller passes what was received and the time.
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
/** Capture status and storage change, so they are requested again at this interval. */
const REFRESH_MS = 5000;
/** At most this many requests at once, so that a radio is not flooded. */
const PER_ROUND = 3;

type Question = {
  readonly componentId: number;
  readonly messageId: number;
  /** Requested again every `REFRESH_MS` after an answer, because the values change. */
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

  /** Before PX4 1.16 and ArduPilot 4.5 no capability bit announces a gimbal manager: the autopilot is always asked. */
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
    // An autopilot that sends CAMERA_INFORMATION for a camera attached to it is asked for the other messages too.
    if (messageId === ID.cameraInformation) this.#addCamera(componentId);
    const question = this.#questions.get(keyOf(componentId, messageId));
    if (!question) return;
    question.isAnswered = true;
    question.attempts = 0;
    question.nextAtMonoMs = nowMonoMs + REFRESH_MS;
  }

  /** After a loss of the link the vehicle may come back with another payload. */
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

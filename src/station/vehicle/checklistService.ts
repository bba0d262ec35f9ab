/**
 * The pre-flight checklist of one aircraft: stored under its hardware id (its system id where it has none), ticked by
 * the crew, and able to block arming.
 */
import { join } from "node:path";
import { parseBoundedJson, SMALL_FILE_LIMITS } from "../../core/boundedJson.js";
import { err, ok } from "../../core/result.js";
import type { ToUi } from "../../contract/messages.js";
import { CHECKLIST_REQUESTS, type ChecklistRequest } from "../../contract/serviceMessages.js";
import { checklist as checklistSchema } from "../../contract/serviceSchema.js";
import { readText, writeAtomic } from "../../io/fileStore.js";
import type { Checklist, ChecklistState } from "../../vehicle/checklist.js";
import { doneIdsOf, FIRST_CHECKLIST, isComplete } from "../../vehicle/checklistRules.js";
import type { CommandReason, VehicleCommand } from "../../vehicle/commands.js";
import type { ServiceAnswer, AnsweringService, VehicleServiceContext } from "./vehicleService.js";
import { isArmed } from "../../vehicle/selectors/airborne.js";

export type ChecklistService = AnsweringService<ChecklistRequest> & {
  readonly denialReason: (command: VehicleCommand) => CommandReason | undefined;
};

export const createChecklistService = (context: VehicleServiceContext): ChecklistService => new FiledChecklist(context);

class FiledChecklist implements ChecklistService {
  readonly #context: VehicleServiceContext;
  #checklist: Checklist = FIRST_CHECKLIST;
  #ticked: ReadonlySet<string> = new Set();
  #wasArmed = false;
  /** The file it was read from; the hardware id may become known only later, and with it another file. */
  #readFrom: string | undefined;
  #published = "";

  constructor(context: VehicleServiceContext) {
    this.#context = context;
  }

  readonly onFrame = (): void => {
    const isNowArmed = isArmed(this.#context.vehicle.state()) === true;
    // After a flight all items are unticked again.
    if (this.#wasArmed && !isNowArmed) this.#ticked = new Set();
    this.#wasArmed = isNowArmed;
  };

  readonly tick = (): void => {
    if (this.#readFrom !== this.#path()) void this.#read(this.#path());
    this.#publish();
  };

  readonly onPresence = (): void => this.#publish();
  readonly snapshot = (): readonly ToUi[] => [this.#message()];
  readonly dispose = (): void => undefined;

  readonly denialReason = (command: VehicleCommand): CommandReason | undefined => {
    const isForbidden = command.kind === "arm" && this.#checklist.isBlocking;
    return isForbidden && !isComplete(this.#checklist, this.#state().doneIds) ? "checklist-open" : undefined;
  };

  readonly answers = CHECKLIST_REQUESTS;
  readonly answer = async (request: ChecklistRequest): Promise<ServiceAnswer> => {
    if (request.kind === "save-checklist") return this.#save(request.checklist);
    const item = this.#checklist.items.find(({ id }) => id === request.itemId);
    // Items that the station checks by itself cannot be ticked.
    if (!item || item.automatic !== undefined) return err({ kind: "not-found", what: request.itemId });
    const ticked = new Set(this.#ticked);
    if (request.isDone) ticked.add(request.itemId);
    else ticked.delete(request.itemId);
    this.#ticked = ticked;
    this.#context.outputs.record("checklist-tick", { item: item.text, isDone: request.isDone });
    this.#publish();
    return ok({ kind: "done" });
  };

  async #save(checklist: Checklist): Promise<ServiceAnswer> {
    const written = await writeAtomic(this.#path(), JSON.stringify(checklist, undefined, 2));
    if (!written.ok) return written;
    this.#readFrom = this.#path();
    this.#checklist = checklist;
    this.#publish();
    return ok({ kind: "done" });
  }

  #path(): string {
    const { version, systemId } = this.#context.vehicle.state();
    return join(this.#context.environment.dataFolder, "checklists", `${version?.uid ?? `system-${systemId}`}.json`);
  }

  /** When the file is missing or invalid, the checklist stays as it is. */
  async #read(path: string): Promise<void> {
    this.#readFrom = path;
    const text = await readText(path);
    if (!text.ok) return;
    const json = parseBoundedJson(text.value, SMALL_FILE_LIMITS);
    // For text that is not JSON the value is undefined, which the schema rejects.
    const parsed = checklistSchema.safeParse(json.ok ? json.value : undefined);
    if (!parsed.success || this.#readFrom !== path) return;
    const items = parsed.data.items.map(({ id, text: words, automatic }) => ({ id, text: words, automatic }));
    this.#checklist = { isBlocking: parsed.data.isBlocking, items };
    this.#publish();
  }

  #state(): ChecklistState {
    const { vehicle, environment } = this.#context;
    const facts = {
      vehicle: vehicle.state(),
      isLost: vehicle.isLost(),
      aircraftPlan: vehicle.aircraftPlan(),
      isRecording: environment.isRecording(),
    };
    return { checklist: this.#checklist, doneIds: doneIdsOf(this.#checklist, this.#ticked, facts) };
  }

  #message(): Extract<ToUi, { kind: "checklist" }> {
    return { kind: "checklist", vehicleId: this.#context.vehicle.state().id, state: this.#state() };
  }

  #publish(): void {
    const message = this.#message();
    const text = JSON.stringify(message.state);
    if (text === this.#published) return;
    this.#published = text;
    this.#context.outputs.publish(message);
  }
}

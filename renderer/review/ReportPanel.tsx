import type { ReactNode } from "react";
import type { RecordingDocument } from "../../src/contract/recordings.js";
import type { VehicleReport } from "../../src/vehicle/flightReport.js";
import type { Format } from "../app/format.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { senderAndText } from "../panels/senderAndText.js";
import { Panel } from "../ui/Panel.js";
import { Toast } from "../ui/Toast.js";
import { hasArmingData } from "./sampleAt.js";
import { firstAndLastBattery, totalArmedS } from "./reportFigures.js";

type Rows = readonly (readonly [label: string, value: string])[];

function Facts({ rows }: { readonly rows: Rows }) {
  return (
    <dl className="review-facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="ui-number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Fold({
  title,
  count,
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}) {
  return (
    <details className="review-fold" open={count > 0 && count <= 12}>
      <summary>
        {title} <span className="ui-number">{count}</span>
      </summary>
      {children}
    </details>
  );
}

type TimedLine = { readonly unixTimeUs: number; readonly words: string; readonly tone?: string };

function TimedLines({ lines, format }: { readonly lines: readonly TimedLine[]; readonly format: Format }) {
  return (
    <ol className="review-lines">
      {lines.map(({ unixTimeUs, words, tone }, i) => (
        <li key={i} data-tone={tone}>
          <time>{format.utcText(unixTimeUs)}</time> {words}
        </li>
      ))}
    </ol>
  );
}

const toneOf = (severity: number): string => (severity <= 3 ? "danger" : severity === 4 ? "caution" : "info");

const orNone = (value: number | undefined, words: (value: number) => string): string =>
  value === undefined ? "–" : words(value);

function VehicleFacts({
  vehicle,
  document,
}: {
  readonly vehicle: VehicleReport;
  readonly document: RecordingDocument;
}) {
  const t = useText();
  const format = useFormat();
  const [first, last] = firstAndLastBattery(document, vehicle.systemId);
  const battery =
    first === undefined || last === undefined ? "–" : `${format.percentText(first)} → ${format.percentText(last)}`;
  const reached = new Set(vehicle.reachedSeqs);
  return (
    <section aria-label={t("review.report.vehicle", { id: vehicle.systemId })}>
      <Facts
        rows={[
          [t("review.report.track"), orNone(vehicle.trackLengthM, format.wayText)],
          [
            t("review.report.max-height"),
            orNone(vehicle.maxAltitudeAboveHomeM, (heightM) => format.lengthText(heightM, 1)),
          ],
          [t("review.report.home"), vehicle.homeAmslM === undefined ? "–" : format.lengthText(vehicle.homeAmslM, 1)],
          [
            t("review.report.armed"),
            hasArmingData(vehicle) ? format.spanText(totalArmedS(vehicle, document.report.lastUnixUs)) : "–",
          ],
          [t("review.report.battery"), battery],
        ]}
      />
      <Fold title={t("review.report.modes")} count={vehicle.modes.length}>
        <TimedLines
          format={format}
          lines={vehicle.modes.map(({ unixTimeUs, name }) => ({ unixTimeUs, words: name }))}
        />
      </Fold>
      <Fold title={t("review.report.mission")} count={vehicle.missionItems.length}>
        <ol className="review-lines">
          {vehicle.missionItems.map(({ seq, command, altitudeM }) => (
            <li key={seq}>
              <time>{seq}</time> MAV_CMD {command}, {format.lengthText(altitudeM)}{" "}
              {reached.has(seq) && `✓ ${t("review.report.reached")}`}
            </li>
          ))}
        </ol>
      </Fold>
      <Fold title={t("review.report.texts")} count={vehicle.texts.length}>
        <TimedLines
          format={format}
          lines={vehicle.texts.map(({ unixTimeUs, text, severity, componentId }) => ({
            unixTimeUs,
            words: senderAndText(t, text, componentId),
            tone: toneOf(severity),
          }))}
        />
      </Fold>
      <Fold title={t("review.report.events")} count={vehicle.events?.length ?? 0}>
        <TimedLines
          format={format}
          lines={(vehicle.events ?? []).map(({ unixTimeUs, text, detail, severity, componentId }) => ({
            unixTimeUs,
            words: senderAndText(t, detail === undefined ? text : `${text}. ${detail}`, componentId),
            tone: toneOf(severity),
          }))}
        />
      </Fold>
    </section>
  );
}

/** What the recording holds, and what could not be read of it. */
export function ReportPanel({ document }: { readonly document: RecordingDocument }) {
  const t = useText();
  const format = useFormat();
  const { report, problems } = document;
  const countOfContacts = new Set(document.contacts.map(({ contact }) => contact.id)).size;
  const kinds = Object.entries(report.messages).sort(([, a], [, b]) => b - a);
  return (
    <Panel title={t("review.report")} testId="review-report">
      {!document.isSealed && document.kind === "sortie" && (
        <Toast
          tone={document.isBeingRecorded === true ? "info" : "caution"}
          title={t(document.isBeingRecorded === true ? "review.under-way" : "review.unsealed")}
          testId="review-unsealed"
        />
      )}
      {problems.length > 0 && (
        <Toast tone="caution" title={t("review.damaged")} testId="review-problems">
          <ul className="review-problems">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Toast>
      )}
      <Facts
        rows={[
          [t("review.report.date"), format.utcDateText(report.firstUnixUs)],
          [t("review.report.length"), format.spanText((report.lastUnixUs - report.firstUnixUs) / 1e6)],
          [t("review.report.contacts"), String(countOfContacts)],
          [t("review.report.frames"), format.numberText(report.frames)],
          [t("review.report.bad"), format.numberText(report.badChecksums)],
          [t("review.report.unknown"), format.numberText(report.unknownMessages)],
        ]}
      />
      {report.vehicles.map((vehicle) => (
        <VehicleFacts key={vehicle.systemId} vehicle={vehicle} document={document} />
      ))}
      <Fold title={t("review.report.messages")} count={kinds.length}>
        <Facts rows={kinds.map(([name, count]) => [name, format.numberText(count)])} />
      </Fold>
    </Panel>
  );
}

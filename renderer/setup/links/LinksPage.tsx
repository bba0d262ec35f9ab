import { AddLink } from "./AddLink.js";
import { LinkTable } from "./LinkTable.js";
import { PathsPanel } from "./PathsPanel.js";

export function LinksPage() {
  return (
    <div className="setup-links">
      <LinkTable />
      <div className="setup-pair">
        <AddLink />
        <PathsPanel />
      </div>
    </div>
  );
}

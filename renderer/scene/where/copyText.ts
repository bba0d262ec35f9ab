/** Puts a text into the system's clipboard; false where that is not allowed. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyFromPage(text);
  }
}

/** The older way, which needs no permission: the text is selected on the page for a moment. */
function copyFromPage(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "ui-visually-hidden";
  document.body.append(field);
  field.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way where the clipboard is denied
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
  }
}

/** What a client may say: `{"text": "…"}` of 1 to 500 characters. Anything else is ignored. */
export function parseMessage(data: string): string | undefined {
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (typeof message !== "object" || message === null) return undefined;
  if (!("text" in message) || typeof message.text !== "string")
    return undefined;
  const text = message.text.trim();
  return text.length > 0 && text.length <= 500 ? text : undefined;
}

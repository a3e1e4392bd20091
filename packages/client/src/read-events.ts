/** One server-sent event. */
export interface ServerEvent {
  type: string;
  id: string;
  data: string;
}

/** The events of a body as they come; what breaks off in the middle of one is left out. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let open = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const frames = (open + decoder.decode(value, { stream: true })).split("\n\n");
      open = frames.pop() ?? "";
      for (const frame of frames) {
        const event = eventOf(frame);
        if (event.data !== "") yield event;
      }
    }
  } finally {
    // Whoever stops listening closes the connection.
    await reader.cancel().catch(() => undefined);
  }
}

/** Lines that begin with a colon are comments: they keep the connection open and say nothing. */
function eventOf(frame: string): ServerEvent {
  const event: ServerEvent = { type: "message", id: "", data: "" };
  for (const line of frame.split("\n")) {
    const colon = line.indexOf(":");
    const field = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event.type = value;
    else if (field === "id") event.id = value;
    else if (field === "data") event.data += event.data === "" ? value : `\n${value}`;
  }
  return event;
}

interface StreamEnds {
  onCancel: () => void;
  /** Called once, however the stream ends. */
  onEnd: () => void;
  /** The answer's status has long been sent, so a bug in the middle can only be told to the log. */
  onBug: (error: unknown) => void;
}

/** A stream that asks for the next frame only when the reader has room, and says when it ends or the reader leaves. */
export function pulledStream(
  frames: AsyncGenerator<string>,
  { onCancel, onEnd, onBug }: StreamEnds,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isCancelled = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await frames.next();
        if (isCancelled) return;
        if (done !== true) return controller.enqueue(encoder.encode(value));
        controller.close();
      } catch (error) {
        onBug(error);
        controller.error(error);
      }
      onEnd();
    },
    async cancel() {
      isCancelled = true;
      onCancel();
      try {
        await frames.return(undefined);
      } catch (error) {
        onBug(error);
      } finally {
        onEnd();
      }
    },
  });
}

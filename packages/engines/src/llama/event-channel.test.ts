import { expect, test } from "vitest";
import { EventChannel } from "./event-channel.ts";

async function read<T>(channel: EventChannel<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of channel) items.push(item);
  return items;
}

test("a reader sees everything in order, pushed before and while it reads, up to the end", async () => {
  const channel = new EventChannel<number>();
  channel.push(1);
  const reading = read(channel);
  channel.push(2);
  await Promise.resolve();
  channel.push(3);
  channel.close();
  expect(await reading).toEqual([1, 2, 3]);
});

test("what is unread can be replaced, and where nothing is unread nothing appears", async () => {
  const channel = new EventChannel<string>();
  channel.replaceUnread("never");
  channel.push("text");
  channel.push("finish");
  channel.replaceUnread("cancelled");
  channel.close();
  expect(await read(channel)).toEqual(["cancelled"]);
});

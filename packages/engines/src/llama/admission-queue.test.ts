import { expect, test } from "vitest";
import { AdmissionQueue, type Queued } from "./admission-queue.ts";

type Item = Queued & { name: string };
const item = (tenantId: string, name: string, priority: Item["priority"] = "interactive"): Item => ({
  tenantId,
  name,
  priority,
});

function filled(...items: Item[]): AdmissionQueue<Item> {
  const queue = new AdmissionQueue<Item>();
  for (const each of items) queue.add(each);
  return queue;
}

function drain(queue: AdmissionQueue<Item>, canStart: (each: Item) => boolean = () => true): string[] {
  const names: string[] = [];
  for (let next = queue.next(canStart); next; next = queue.next(canStart)) names.push(next.name);
  return names;
}

test("tenants take turns, however much one has waiting", () => {
  const queue = filled(
    item("a", "a1"),
    item("a", "a2"),
    item("a", "a3"),
    item("b", "b1"),
    item("c", "c1"),
    item("c", "c2"),
  );
  expect(drain(queue)).toEqual(["a1", "b1", "c1", "a2", "c2", "a3"]);
});

test("interactive goes first, and batch gets every fifth turn", () => {
  const many = Array.from({ length: 10 }, (_, index) => item("a", `i${index}`));
  const queue = filled(item("a", "slow1", "batch"), item("a", "slow2", "batch"), ...many);
  const order = drain(queue);
  expect(order.slice(0, 10)).toEqual(["i0", "i1", "i2", "i3", "slow1", "i4", "i5", "i6", "i7", "slow2"]);
});

test("what cannot start is passed over and keeps its place", () => {
  const queue = filled(item("a", "stuck"), item("a", "a2"), item("b", "b1"));
  expect(drain(queue, ({ name }) => name !== "stuck")).toEqual(["a2", "b1"]);
  expect(queue.size).toBe(1);
  expect(drain(queue)).toEqual(["stuck"]);
});

test("what is put back goes before its tenant's others", () => {
  const queue = filled(item("a", "a2"));
  queue.putBack(item("a", "a1"));
  expect(drain(queue)).toEqual(["a1", "a2"]);
});

test("removing and counting keep the books", () => {
  const [first, second] = [item("a", "1"), item("a", "2", "batch")];
  const queue = filled(first, second);
  expect([queue.size, queue.sizeOf("a"), queue.sizeOf("b")]).toEqual([2, 2, 0]);
  expect([queue.remove(first), queue.remove(first)]).toEqual([true, false]);
  expect([...queue]).toEqual([second]);
  expect([queue.size, queue.sizeOf("a")]).toEqual([1, 1]);
});

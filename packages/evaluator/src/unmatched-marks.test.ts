import { expect, test } from "vitest";
import { unmatchedMarks } from "./unmatched-marks.ts";

const found = (text: string) =>
  unmatchedMarks(text).map(({ kind, mark, line, column }) => `${kind} ${mark} ${line}:${column}`);

test.each([
  ["a closing mark without its opening", "Dear { name }},\nhello", ["unopened }} 1:13"]],
  ["one on a later line", "a\nb }} c", ["unopened }} 2:3"]],
  ["a tag's end alone", "a %} b", ["unopened %} 1:3"]],
  ["an opening that never ends", "a\n{{ name", ["unclosed {{ 2:1"]],
  ["an opening that another one follows", "{{ name } and {{ city }}", ["unclosed {{ 1:1"]],
  ["an open tag", "{% if a } x {% endif %}", ["unclosed {% 1:1"]],
])("finds %s", (_, text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each([
  "Hello {{ name }}, {% if vip %}welcome{% endif %}.",
  '{"a": {"b": 1}}',
  '{"order": {"id": "{{ order_id }}"}}',
  '{{ "{{" }}',
  "{% raw %}}} {{ {% endraw %}",
  "{%- comment -%} }} {%- endcomment -%} {{ name }}",
  "no marks at all",
])("leaves %s alone", (text) => {
  expect(found(text)).toEqual([]);
});

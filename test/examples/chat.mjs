import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.env.ASSAY_URL}/v1`, apiKey: process.env.ASSAY_KEY });
const { data: stream, response } = await client.chat.completions
  .create({
    model: "prompt:support-triage",
    messages: [{ role: "user", content: process.argv[2] }],
    stream: true,
  })
  .withResponse();
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? "");
process.stdout.write(`\n(${response.headers.get("x-assay-prompt-version")})\n`);

import {
  getLlama,
  JinjaTemplateChatWrapper,
  type LlamaContextSequence,
  LlamaLogLevel,
  type LlamaModel,
  type Token,
} from "node-llama-cpp";

const CONTEXT_TOKENS = 512;
const MAX_ANSWER_TOKENS = 48;

/** Asks the starter model straight through llama.cpp, without the product in between. */
export interface Answerer {
  /**
   * The greedy answer to one customer message, at most 48 tokens long.
   * `system` is left out of the conversation when undefined.
   */
  ask(question: Question): Promise<string>;
  close(): Promise<void>;
}

/** One conversation to answer. */
export interface Question {
  readonly system?: string;
  readonly user: string;
  /** Absolute path of a LoRA file; the bare base when undefined. */
  readonly adapterPath?: string | undefined;
}

/** Loads a model on one CPU thread. Sequences are kept per adapter; questions must be asked one after another. */
export async function createAnswerer(modelPath: string): Promise<Answerer> {
  const llama = await getLlama({ gpu: false, build: "never", maxThreads: 1, logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath });
  const render = chatTokens(model);
  const sequences = new Map<string | undefined, LlamaContextSequence>();

  async function sequenceOf(adapterPath: string | undefined): Promise<LlamaContextSequence> {
    const known = sequences.get(adapterPath);
    if (known !== undefined) return known;
    const context = await model.createContext({
      contextSize: CONTEXT_TOKENS,
      batchSize: CONTEXT_TOKENS,
      sequences: 1,
      threads: 1,
      ...(adapterPath === undefined ? {} : { lora: adapterPath }),
    });
    const sequence = context.getSequence();
    sequences.set(adapterPath, sequence);
    return sequence;
  }

  return {
    ask: async (question) => {
      const sequence = await sequenceOf(question.adapterPath);
      await sequence.clearHistory();
      return model.detokenize(await greedyTokens(sequence, render(question)));
    },
    close: () => llama.dispose(),
  };
}

async function greedyTokens(sequence: LlamaContextSequence, prompt: Token[]): Promise<Token[]> {
  const answer: Token[] = [];
  for await (const token of sequence.evaluate(prompt, { temperature: 0, seed: 0 })) {
    answer.push(token);
    if (answer.length === MAX_ANSWER_TOKENS) break;
  }
  return answer;
}

/** Renders by the chat template inside the model file. The template holds no start token: it is put in front. */
function chatTokens(model: LlamaModel): (question: Question) => Token[] {
  const template = model.fileInfo.metadata.tokenizer.chat_template;
  const start = model.tokens.bos;
  if (template === undefined || start === null)
    throw new Error("the model file has no chat template or start token");
  const wrapper = new JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer });
  return ({ system, user }) => {
    const { contextText } = wrapper.generateContextState({
      chatHistory: [
        ...(system === undefined ? [] : [{ type: "system" as const, text: system }]),
        { type: "user", text: user },
        { type: "model", response: [] },
      ],
    });
    return [start, ...contextText.tokenize(model.tokenizer)];
  };
}

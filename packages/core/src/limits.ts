const KIB = 1024;
const MIB = 1024 * KIB;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Every bound of the system, with its unit in its name. A loop, queue, body or page without one is a defect. */
export const LIMITS = {
  /** JSON bodies of the control plane. */
  bodyBytesMax: 1 * MIB,
  /** A chat request: long histories are legitimate, whole books are not. */
  chatBodyBytesMax: 4 * MIB,
  /** One dataset import; 100,000 short cases fit. */
  datasetBytesMax: 64 * MIB,
  datasetCasesMax: 100_000,
  caseBytesMax: 256 * KIB,
  /** How many row errors one refused import lists. */
  importErrorsMax: 100,
  /** What is wrong with a row may name what the row holds. */
  importErrorCharsMax: 500,
  /** How many wrong rows a check of a file shows, and what they may have in all. */
  wrongRowsMax: 1_000,
  wrongRowCharsMax: 2_000_000,
  importMappingCharsMax: 8_000,
  importColumnsMax: 200,
  /** Changes of one kind in one publication of a dataset's draft, and its body. */
  caseChangesMax: 10_000,
  datasetChangesBytesMax: 16 * MIB,
  /** Of a dataset version whose cases were changed one by one. */
  datasetStoredBytesMax: 128 * MIB,
  /** Of a case that stands among many, as in a list of differences. */
  shownCaseCharsMax: 8_000,
  caseSearchCharsMax: 200,
  caseFacetsMax: 200,
  /** Found places of cases that are remembered, of one tenant, in this process. */
  caseIndexBytesPerTenantMax: 8 * MIB,
  caseIndexBytesMax: 128 * MIB,
  modelFileBytesMax: 64 * 1024 * MIB,
  adapterFileBytesMax: 4 * 1024 * MIB,
  ggufHeaderBytesMax: 64 * MIB,
  ggufKeysMax: 4096,
  /** The largest known models have about 2,000; an adapter has two for each that it changes. */
  ggufTensorsMax: 8_192,
  ggufStringBytesMax: 8 * MIB,
  ggufArrayItemsMax: 2_000_000,
  jsonDepthMax: 64,
  /** Objects in one JSON Schema, each of which takes up to a millisecond to compile. */
  schemaObjectsMax: 1_000,
  /** Objects, lists and plain values in one JSON Schema, members of `enum` included. */
  schemaValuesMax: 20_000,

  slugLengthMax: 64,
  nameLengthMax: 200,
  descriptionLengthMax: 2_000,
  reasonLengthMax: 1_000,

  promptMessagesMax: 100,
  promptContentBytesMax: 256 * KIB,
  promptPartialsMax: 50,
  /** How deep partials may render partials. */
  partialDepthMax: 8,
  variablesBytesMax: 256 * KIB,
  /** What an editor keeps of a prompt in the making: content, and what it needs around it. */
  promptDraftCharsMax: 1_000_000,
  promptDraftBodyBytesMax: 4 * MIB,
  promptDraftsPerActorMax: 200,
  promptDraftsPerTenantMax: 2_000,
  /** Drafts that nobody touched for so long make room when a tenant has no more. */
  promptDraftKeepDays: 180,
  /** A content with sample values and a conversation to see it with. */
  promptCheckBodyBytesMax: 2 * MIB,
  promptProblemsMax: 100,
  promptLabelsShownMax: 5,
  trafficDaysMax: 90,
  trafficRowsMax: 200,
  historyMessagesMax: 1_000,
  templateRenderMs: 200,
  templateMemoryUnits: 5_000_000,
  templateParseChars: 100_000,
  renderedBytesMax: 1 * MIB,
  toolsMax: 128,
  stopSequencesMax: 4,
  stopSequenceLengthMax: 256,
  maxTokensMax: 131_072,
  /** What a local request may generate when neither the version nor the caller says. */
  maxTokensDefault: 256,

  pageSizeDefault: 50,
  pageSizeMax: 200,
  /** Texts of rows that are read in one turn, and shown on one page: it ends early, after one row at least. */
  pageBytesMax: 1 * MIB,
  /** Answers with long texts that are made at once for one tenant, in one process; more wait. */
  longAnswersPerTenantMax: 2,
  longAnswersWaitingPerTenantMax: 256,

  promptsPerTenantMax: 1_000,
  versionsPerPromptMax: 10_000,
  labelsPerPromptMax: 50,
  adaptersPerTenantMax: 200,
  modelsPerTenantMax: 50,
  connectionsPerTenantMax: 50,
  caseKeyLengthMax: 128,
  caseGroupLengthMax: 128,
  caseTagLengthMax: 64,
  tagsPerCaseMax: 50,
  datasetsPerTenantMax: 1_000,
  versionsPerDatasetMax: 1_000,
  /** Stored cases over all versions of all datasets of a tenant. */
  casesPerTenantMax: 5_000_000,
  suitesPerTenantMax: 1_000,
  keysPerTenantMax: 1_000,
  fileBytesPerTenantMax: 256 * 1024 * MIB,

  scorersPerSuiteMax: 64,
  repeatsMax: 20,
  regexLengthMax: 2_000,
  graderTemplateLengthMax: 20_000,
  graderMessagesMax: 20,
  gradersPerMultiMax: 16,
  graderFormulaLengthMax: 1_000,
  scoredTextBytesMax: 1 * MIB,
  outputBytesMax: 1 * MIB,
  /** Cases of one run in flight, at most; a connection that refuses gets fewer. */
  runConcurrencyMax: 256,
  /** With how many a run approaches a connection that nobody vouches for. */
  runConcurrencyStart: 8,
  /** Of one local model: a batch that is being computed and the next one, so that the engine never waits. */
  runConcurrencyLocalMax: 16,
  /** Answers kept for reuse, per tenant; the ones not used for longest go first. */
  cachedAnswersPerTenantMax: 500_000,
  cachedAnswerBytesPerTenantMax: 2 * 1024 * MIB,
  comparedRunsMax: 10,
  /** How long one request may listen to a run, and how many of a tenant's may at a time, in one process. */
  runEventsMs: 5 * MINUTE,
  runListenersPerTenantMax: 64,
  /** Failed and unscored results whose reasons one breakdown reads. */
  breakdownReasonsReadMax: 1_000,
  /** Suites that one page of the list of judges looks through. */
  suitesScannedPerPageMax: 200,
  /** Results read for one comparison, over all its runs. */
  comparedResultsMax: 1_000_000,
  comparedOutputCharsMax: 2_000,
  annotationQueuesPerTenantMax: 100,
  annotationItemsPerQueueMax: 10_000,
  annotatorsPerItemMax: 5,
  /** Outputs that an annotator may pass over in one go. */
  annotationSkipsMax: 50,
  openChangeRequestsPerPromptMax: 100,
  webhookTimeoutMs: 10 * SECOND,
  webhookAnswerBytesMax: 64 * KIB,
  embeddedTextsMax: 64,
  embeddedTokensMax: 2_048,
  /** How long an output may be scored in the playground, and how many of a tenant may wait for it. */
  playgroundScoringMs: 2 * SECOND,
  playgroundScoringsWaitingMax: 16,
  /** How long one scorer of a run may judge one output beside the process. */
  runScoringMs: 10 * SECOND,
  scoringThreadIdleMs: 5 * MINUTE,
  scoringThreadMemoryMib: 256,
  traceContentBytesMax: 256 * KIB,
  traceRetentionDaysMax: 365,
  traceContentBytesPerTenantMax: 4 * 1024 * MIB,
  feedbackPerTraceMax: 20,
  feedbackTokenDays: 30,
  feedbackBodyBytesMax: 128 * KIB,
  feedbackCorrectionCharsMax: 32_768,
  /** From one address, whoever the feedback is for: many people may sit behind one. */
  feedbackPerAddressPerMinuteMax: 600,
  /** How many traces one page of their list looks at, however few of them it shows. */
  tracesScannedPerPageMax: 5_000,
  tracesPerImportMax: 100,
  traceImportBytesMax: 2 * MIB,
  /** Whose names one request asks for. */
  namedActorsMax: 50,
  /** Over how many days, and how many requests at most, the traffic of prompts and labels is counted. */
  trafficDays: 14,
  trafficRequestsMax: 50_000,
  trafficPromptsMax: 100,
  labelUseDays: 7,
  /** How many gates and overrides, and how many of every other kind, the overview of a tenant looks at. */
  overviewGatesMax: 50,
  overviewItemsMax: 5,
  overviewRunsMax: 10,
  /** How many times one overview works out what a gate would say, and for how long the answer is remembered. */
  overviewDecisionsMax: 10,
  overviewDecisionKeepMs: MINUTE,
  overviewDecisionsKeptPerTenantMax: 200,
  /** How many of a prompt's newest versions it looks through for one that waits to be promoted. */
  overviewVersionsMax: 20,
  /** How long before their end the overview names keys, and how long it names runs that failed. */
  overviewKeyDays: 14,
  overviewFailedRunDays: 7,
  /** Expired texts that are deleted in one transaction. */
  traceSweepBatch: 500,
  runsActivePerTenantMax: 4,
  runsQueuedPerTenantMax: 100,
  runConcurrency: 4,
  caseAttemptsMax: 3,
  /** How often a case comes back to a model that said "later". */
  caseRefusalsMax: 12,
  caseTimeoutMs: 2 * MINUTE,
  jobLeaseMs: 30 * SECOND,
  jobHeartbeatMs: 5 * SECOND,
  /** How long a run may hold a worker while another tenant's run waits for one. */
  jobSliceMs: 30 * SECOND,
  /** How many crashes and restarts of its worker a long run may live through. */
  jobAttemptsMax: 25,

  keyCacheEntriesMax: 10_000,
  /** A revoked key stops working everywhere within this time; in the process that revoked it, at once. */
  keyCacheMs: 4 * SECOND,
  /** How old the note of a key's last use gets before it is written anew. */
  keyUseNoteMs: 5 * MINUTE,
  /** What a tenant's first key may do, and pass on, unless the operator says otherwise. */
  adminRequestsPerMinuteDefault: 6_000,
  adminConcurrentRequestsDefault: 64,
  requestsPerMinuteDefault: 600,
  concurrentRequestsDefault: 16,
  emailLengthMax: 254,
  passwordLengthMin: 10,
  passwordLengthMax: 128,
  /** What people send about themselves. */
  personBodyBytesMax: 16 * KIB,
  personRequestsPerMinute: 1_200,
  personConcurrentRequests: 64,
  sessionMs: 7 * 24 * 60 * MINUTE,
  userAgentLengthMax: 300,
  sessionsPerUserMax: 50,
  sessionCacheEntriesMax: 10_000,
  /** Passwords that wait to be looked at, of each kind of people; one at a time takes 32 MiB and 0.1 s of a processor. */
  passwordQueueMax: 32,
  passwordChangeQueueMax: 16,
  passwordsPerNetworkMax: 4,
  passwordWaitMsMax: 15 * SECOND,
  /** What may succeed as often as anybody needs, and not in a loop. */
  loginsPerAccountMax: 60,
  loginsWindowMs: 10 * MINUTE,
  passwordChangesPerPersonMax: 10,
  acceptancesPerNetworkMax: 200,
  passwordChangesWindowMs: 60 * MINUTE,
  passwordResetMs: 24 * 60 * MINUTE,
  /** How long a browser is known to have logged in. */
  deviceMs: 180 * 24 * 60 * MINUTE,
  /** Failed log-ins that cost no wait: of an account from one address, from one address, of an account. */
  loginFailuresPerPairFree: 5,
  loginFailuresPerAddressFree: 50,
  loginFailuresPerAccountFree: 50,
  loginWaitPerPairMsMax: 15 * MINUTE,
  loginWaitMsMax: 1 * MINUTE,
  loginFailureKeepMs: 60 * MINUTE,
  loginFailureEntriesMax: 20_000,
  ssoDomainsMax: 50,
  /** How long somebody may take at an identity provider. */
  ssoTicketMs: 10 * MINUTE,
  oidcTimeoutMs: 10 * SECOND,
  oidcAnswerBytesMax: 256 * KIB,
  oidcProvidersKeptMax: 200,
  oidcDiscoveryKeepMs: 10 * MINUTE,
  membersPerTenantMax: 1_000,
  openInvitationsPerTenantMax: 200,
  /** Ended ones included. */
  invitationsPerTenantMax: 10_000,
  membershipsPerUserMax: 100,
  invitationMs: 7 * 24 * 60 * MINUTE,
  /** In one file of the audit log; the newest ones. */
  auditFileEntriesMax: 200_000,
  overrideHoursMax: 24 * 7,
  idempotencyKeepMs: 24 * 60 * MINUTE,
  idempotencyKeyLengthMax: 255,

  /** Requests waiting in the local engine, in all and of one tenant: past it the answer is 429 with retry-after. */
  engineQueueMax: 256,
  engineQueuePerTenantMax: 64,
  engineSequencesPerContext: 8,
  engineContextsMax: 16,
  engineContextTokensMax: 8_192,
  enginePrefillChunkTokens: 128,
  engineHeartbeatMs: 1 * SECOND,
  engineHeartbeatMissedMs: 30 * SECOND,
  engineRestartBackoffMs: 250,
  engineRestartBackoffMaxMs: 30 * SECOND,

  upstreamTimeoutMs: 2 * MINUTE,
  upstreamAttemptsMax: 3,
  /** Calls of one tenant to hosted providers at a time, over all its connections. */
  upstreamCallsPerTenantMax: 512,
  /** How many of them are for requests that somebody waits for, and not for runs. */
  upstreamCallsKeptForPeople: 64,
  upstreamAnswerBytesMax: 16 * MIB,
} as const;

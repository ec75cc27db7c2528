// Written by `make generate` from backend/bridge/contract. Do not edit.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Failure {
  code: string;
  message: string;
  hint: string;
  /** What is wrong with a field, by its key. */
  fields?: Record<string, string>;
  /** What is wrong with an automation. */
  problems?: Problem[];
}

export type Envelope<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** What `GET /api/session` gives: `token` goes into the header X-Loopi of every POST. */
export interface Session {
  token: string;
}

/** One message of `GET /api/events`. `resync`: some were lost, ask again for everything. */
export type Notice =
  | { topic: "run"; events: RunEvent[] }
  | { topic: "credentials" }
  | { topic: "automations" }
  | { topic: "history" }
  | { topic: "settings" }
  | { topic: "vault" }
  | { topic: "resync" };

/** Started at Unix time in seconds. */
export interface ActiveRun {
  runId: string;
  automationId: string;
  name: string;
  startedAt: number;
}

/** `platform` is a value of `sys.platform`; `user_data` the folder of all files. */
export interface AppInfo {
  version: string;
  userData: string;
  platform: string;
  isWindow: boolean;
  theme: "system" | "light" | "dark";
}

export interface AutomationCheck {
  problems: Problem[];
  warnings: Problem[];
}

export interface AutomationCreate {
  name: string;
}

export interface AutomationDocument {
  document: Record<string, Json>;
}

/** One line of the list. `steps` counts nested ones; `problem` says why the file cannot be read. */
export interface AutomationEntry {
  id: string;
  name: string;
  description: string;
  steps: number;
  updatedAt: string;
  missingCredentials: number;
  problem?: string;
}

/** The file's text, without secrets. */
export interface AutomationExport {
  text: string;
  fileName: string;
  needs: NeededCredential[];
}

export interface AutomationId {
  id: string;
}

/** The text of an automation's file. */
export interface AutomationText {
  text: string;
}

/** The document as the file has it, and what a check says of it. */
export interface AutomationView {
  document: Record<string, Json>;
  problems: Problem[];
  warnings: Problem[];
}

/** `open_fields` names the fields to be shown, in types with fields of one's own. */
export interface CredentialCreate {
  type: string;
  name: string;
  fields: Record<string, string>;
  openFields?: string[];
  allowedHosts?: string[];
}

export interface CredentialDelete {
  id: string;
  version: number;
}

export interface CredentialId {
  id: string;
}

export interface CredentialList {
  entries: Entry[];
  trash: Entry[];
  problems: CredentialProblem[];
}

/** Something to know about a field that was saved all the same. */
export interface CredentialNotice {
  code: string;
  field: string;
  message: string;
}

/** An entry of the vault, or a type of the user's own, that cannot be used. */
export interface CredentialProblem {
  code: string;
  message: string;
  hint: string;
}

export interface CredentialRestore {
  id: string;
  name?: string;
}

export interface CredentialSaved {
  entry: Entry;
  notices: CredentialNotice[];
}

/** `schema` is the JSON Schema of its values; `has_own_fields`: fields of the user's own naming too. */
export interface CredentialType {
  id: string;
  title: string;
  description: string;
  icon: string;
  isBuiltin: boolean;
  schema: Record<string, Json>;
  setup: SetupStep[];
  fields: TypeField[];
  hasOwnFields: boolean;
}

/** `version` is the one the edit was made from. What is left out stays as it is. */
export interface CredentialUpdate {
  id: string;
  version: number;
  name?: string;
  changes?: Record<string, FieldChange>;
  allowedHosts?: string[];
  openFields?: string[];
}

export interface CredentialUsage {
  steps: UsedByStep[];
  runs: UsedByRun[];
}

/** A credential as it is shown. `hosts` are where it may go: its own, else those of its type. Times are ISO 8601 in UTC. `used_by` counts steps. */
export interface Entry {
  id: string;
  name: string;
  type: string;
  createdAt: string;
  updatedAt: string;
  version: number;
  allowedHosts: string[];
  hosts: string[];
  fields: Record<string, FieldState>;
  usedBy: number;
  lastUsedAt?: string;
  deletedAt?: string;
}

/** An automation that comes with the program; `title` is what it is called there. */
export interface Example {
  name: string;
  title: string;
  description: string;
}

export interface ExampleName {
  name: string;
}

/** `value` belongs to `set`. */
export interface FieldChange {
  op: "keep" | "set" | "clear";
  value?: string;
}

/** `value` is there for a field that is set and not secret. */
export interface FieldState {
  set: boolean;
  secret: boolean;
  value?: string;
}

/** Times are Unix time in seconds. `interrupted`: the program ended before the run did. */
export interface HistoryEntry {
  runId: string;
  automationId: string;
  name: string;
  startedAt: number;
  finishedAt: number | null;
  outcome: "succeeded" | "failed" | "cancelled" | "interrupted" | "running";
  errorCode: string | null;
}

/** `before` is a `started_at`: runs that began earlier. `limit` is 1 to 500. */
export interface HistoryFilter {
  automationId?: string;
  outcome?: "succeeded" | "failed" | "cancelled" | "interrupted" | "running";
  before?: number;
  limit?: number;
}

/** A credential that the file refers to and does not hold. */
export interface NeededCredential {
  name: string;
  type: string;
}

export type Nothing = Record<string, never>;

/** What is wrong, or worth a warning: `path` is like `steps[2].then[0].url`. */
export interface Problem {
  path: string;
  message: string;
}

export interface RemovePassphrase {
  current: string;
}

/** Only events whose `seq` is above `after`. */
export interface RunEventsOf {
  runId: string;
  after?: number;
}

export interface RunId {
  runId: string;
}

/** First values of variables by name; credentials (id or name) by step id. */
export interface RunStart {
  automationId: string;
  variables?: Record<string, Json>;
  credentials?: Record<string, string>;
}

/** `current` is needed when there is one already. */
export interface SetPassphrase {
  new: string;
  current?: string;
}

/** What holds for all runs, and how the page looks. */
export interface Settings {
  theme: "system" | "light" | "dark";
  xBaseUrl: string;
  requestTimeoutSeconds: number;
  maxResponseBytes: number;
  maxRedirects: number;
  proxyUrl: string | null;
  allowLinkLocal: boolean;
}

/** What is left out stays as it is; an empty `proxy_url` removes the proxy. */
export interface SettingsUpdate {
  theme?: "system" | "light" | "dark";
  xBaseUrl?: string;
  requestTimeoutSeconds?: number;
  maxResponseBytes?: number;
  maxRedirects?: number;
  proxyUrl?: string;
  allowLinkLocal?: boolean;
}

/** What the user does at the provider to get the keys. */
export interface SetupStep {
  title: string;
  text: string;
  url?: string;
}

/** `blocks` are the fields that hold steps. `request_fields` make the request and may hold credentials. `credential_types` are those that fit: empty when the step takes none, `["*"]` for any. */
export interface StepType {
  type: string;
  group: "services" | "data" | "flow";
  title: string;
  description: string;
  icon: string;
  schema: Record<string, Json>;
  blocks: string[];
  requestFields: string[];
  credentialTypes: string[];
}

/** One field of a type; `choices` is empty when any value goes. */
export interface TypeField {
  key: string;
  title: string;
  description: string;
  isSecret: boolean;
  isRequired: boolean;
  kind: "string" | "number" | "integer" | "boolean";
  choices: string[];
  examples: string[];
}

/** Without a passphrase: try the keys of this computer again. */
export interface Unlock {
  passphrase?: string;
}

/** A run that goes on now and uses it. */
export interface UsedByRun {
  runId: string;
  name: string;
}

/** `path` leads to the step: `steps[1].then[0]`. */
export interface UsedByStep {
  automationId: string;
  automationName: string;
  stepId: string;
  path: string;
}

/** Why the vault does not open. */
export interface VaultProblem {
  code: string;
  message: string;
  hint: string;
}

/** One key that opens the vault, without its secret: `iter` is the cost of its derivation. */
export interface VaultSlot {
  type: string;
  kid: string;
  iter: number;
}

/** `needs` says what opens it: `key` is a keychain or a key file that does not answer, `repair` a backup. `problem` is there when `needs` is `key` or `repair`. */
export interface VaultStatus {
  path: string;
  exists: boolean;
  hasBackup: boolean;
  generation: number;
  slots: VaultSlot[];
  hasPassphrase: boolean;
  isPrivate: boolean;
  isUnlocked: boolean;
  isLocked: boolean;
  needs: "nothing" | "passphrase" | "key" | "repair";
  source: string | null;
  protection: string;
  problem?: VaultProblem;
}

export interface Stamp {
  runId: string;
  seq: number;
  at: number;
  path: string;
}

/** The run began with these variables; `content_hash` pins the automation. */
export interface RunStarted extends Stamp {
  type: "RunStarted";
  automationId: string;
  name: string;
  contentHash: string;
  variables: Record<string, Json>;
}

/** A step began. */
export interface StepStarted extends Stamp {
  type: "StepStarted";
  stepId: string;
  stepType: string;
  description: string;
}

/** A request left. `url`, `headers` and `body` show every credential as bullets. */
export interface RequestSent extends Stamp {
  type: "RequestSent";
  method: string;
  url: string;
  headers: Record<string, Json>;
  body: string;
}

/** An answer arrived after `elapsed_s` seconds with `size_bytes` of decoded body. */
export interface ResponseReceived extends Stamp {
  type: "ResponseReceived";
  status: number;
  url: string;
  headers: Record<string, Json>;
  sizeBytes: number;
  elapsedS: number;
}

/** Attempt `attempt` failed; the next one starts at `until` (Unix seconds), or after `delay_s`. */
export interface StepRetrying extends Stamp {
  type: "StepRetrying";
  attempt: number;
  error: Record<string, Json>;
  delayS: number;
  until: number | null;
}

/** A step ended. `output` is what it leaves under `steps.<id>`. The output's `data` went to the variable `stored_as`. */
export interface StepFinished extends Stamp {
  type: "StepFinished";
  stepId: string;
  outcome: "succeeded" | "failed" | "skipped" | "cancelled" | "unknown";
  output: Record<string, Json>;
  storedAs: string | null;
  error: Record<string, Json> | null;
}

/** Round `index` (from 0) of a loop began; `total` is None when it is not known. */
export interface LoopEntered extends Stamp {
  type: "LoopEntered";
  index: number;
  total: number | null;
}

/** A condition was decided: `branch` names the block that runs. */
export interface BranchTaken extends Stamp {
  type: "BranchTaken";
  branch: string;
}

/** A variable got a value. */
export interface VariableSet extends Stamp {
  type: "VariableSet";
  name: string;
  value: Json;
}

/** The run ended. When it failed, `error` is `{"code", "message", "hint"}`, with the step's `path`. */
export interface RunFinished extends Stamp {
  type: "RunFinished";
  outcome: "succeeded" | "failed" | "cancelled";
  error: Record<string, Json> | null;
}

export type RunEvent = RunStarted | StepStarted | RequestSent | ResponseReceived | StepRetrying | StepFinished | LoopEntered | BranchTaken | VariableSet | RunFinished;

export interface Methods {
  "app.info": { params: Nothing; result: AppInfo };
  "settings.get": { params: Nothing; result: Settings };
  "settings.update": { params: SettingsUpdate; result: Settings };
  "vault.status": { params: Nothing; result: VaultStatus };
  "vault.unlock": { params: Unlock; result: VaultStatus };
  "vault.lock": { params: Nothing; result: VaultStatus };
  "vault.setPassphrase": { params: SetPassphrase; result: VaultStatus };
  "vault.removePassphrase": { params: RemovePassphrase; result: VaultStatus };
  "vault.restore": { params: Unlock; result: VaultStatus };
  "vault.startAnew": { params: Nothing; result: VaultStatus };
  "credentials.types": { params: Nothing; result: CredentialType[] };
  "credentials.list": { params: Nothing; result: CredentialList };
  "credentials.get": { params: CredentialId; result: Entry };
  "credentials.create": { params: CredentialCreate; result: CredentialSaved };
  "credentials.update": { params: CredentialUpdate; result: CredentialSaved };
  "credentials.delete": { params: CredentialDelete; result: Entry };
  "credentials.restore": { params: CredentialRestore; result: Entry };
  "credentials.usage": { params: CredentialId; result: CredentialUsage };
  "automations.list": { params: Nothing; result: AutomationEntry[] };
  "automations.get": { params: AutomationId; result: AutomationView };
  "automations.save": { params: AutomationDocument; result: AutomationView };
  "automations.create": { params: AutomationCreate; result: AutomationView };
  "automations.duplicate": { params: AutomationId; result: AutomationView };
  "automations.delete": { params: AutomationId; result: Nothing };
  "automations.import": { params: AutomationText; result: AutomationView };
  "automations.export": { params: AutomationId; result: AutomationExport };
  "automations.check": { params: AutomationDocument; result: AutomationCheck };
  "automations.examples": { params: Nothing; result: Example[] };
  "automations.addExample": { params: ExampleName; result: AutomationView };
  "steps.types": { params: Nothing; result: StepType[] };
  "runs.start": { params: RunStart; result: RunId };
  "runs.stop": { params: RunId; result: Nothing };
  "runs.active": { params: Nothing; result: ActiveRun[] };
  "runs.events": { params: RunEventsOf; result: RunEvent[] };
  "history.list": { params: HistoryFilter; result: HistoryEntry[] };
  "history.delete": { params: RunId; result: Nothing };
}

import type { CheckpointStore } from '../engine/index.ts';

/** What proves to the server that a thread is ours to write. */
export interface Lease {
  readonly token: string;
  readonly epoch: number;
}

/** A lease that this process holds. */
export interface HeldLease extends Lease {
  /** Whether nobody else can have taken it yet, as far as this process can tell without the server. */
  isValid(): boolean;
}

/** The store behind the journal, which may go away. Each method ends within a deadline of its own. */
export interface RemoteStore {
  /** Names the server in errors. */
  readonly place: string;
  /** Writes under the leases of this process. */
  readonly store: CheckpointStore;
  /** The same store, writing under `lease` whatever this process holds. */
  under(lease: Lease | undefined): CheckpointStore;
  leaseOf(thread: string): HeldLease | undefined;
  /** Takes a lease up again; `false` where somebody else has had the thread since. */
  renew(thread: string, lease: Lease): Promise<boolean>;
  /** Gives a lease back that no lock of this process stands for. */
  end(thread: string, lease: Lease): Promise<void>;
  /** Puts a note about a thread where a list of threads finds it, unless a newer one is there. */
  note(thread: string, text: string): Promise<void>;
  /** Changes whenever the server may have lost something: an emptied one, a restarted one, a replica that took over. */
  incarnation(): Promise<string>;
  /** Does what only a server does that can be written to. */
  probe(): Promise<void>;
}

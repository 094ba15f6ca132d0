import { EmptyChannelError } from '@langchain/langgraph';
import { EphemeralValue } from '@langchain/langgraph/channels';

/** Made once: LangGraph asks every channel at every checkpoint, and an error of its own would draw up a stack each time. */
const EMPTY = new EmptyChannelError();

/** LangGraph's channel for one step, by which an edge names the next node; it says more cheaply that it is empty. */
class StepChannel<Value> extends EphemeralValue<Value> {
  override fromCheckpoint(checkpoint?: Value): this {
    const channel = new StepChannel<Value>(this.guard);
    if (checkpoint !== undefined) channel.value = [checkpoint];
    // BaseChannel asks for `this`; the class is not made to be extended.
    return channel as this;
  }

  override checkpoint(): Value {
    if (!this.isAvailable()) throw EMPTY;
    return super.checkpoint();
  }
}

/** Exchanges a compiled graph's channels for one step. */
export function quietenSteps(channels: Record<string, unknown>): void {
  for (const [name, channel] of Object.entries(channels)) {
    if (channel instanceof EphemeralValue) channels[name] = new StepChannel(channel.guard);
  }
}

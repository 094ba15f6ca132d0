import { PhasegateError } from '../kernel/index.ts';

/** The description names a node twice, or an edge names a node that is not there. */
export class InvalidDescriptionError extends PhasegateError {
  readonly code = 'DRAWING_INVALID_DESCRIPTION';
  constructor(problem: 'duplicate-node' | 'unknown-node', node: string) {
    super(
      problem === 'duplicate-node'
        ? `The node "${node}" is described twice.`
        : `An edge names the node "${node}", which is not described.`,
      {
        hint: 'Describe each node once, under the id that the edges use.',
        details: { problem, node },
      },
    );
  }
}

/** The layout or the picture could not be made. */
export class DrawingFailedError extends PhasegateError {
  readonly code = 'DRAWING_FAILED';
  constructor(step: 'layout' | 'picture', cause: unknown) {
    super(`The graph could not be drawn (${step}).`, {
      hint: 'Draw it as mermaid, which needs no rendering; the cause says what failed.',
      details: { step },
      cause,
    });
  }
}

/** A state of the machine, as it is drawn. */
export interface DrawnNode {
  /** Names the node within the description. */
  readonly id: string;
  readonly label: string;
  /** `phase` is worked on by an agent; in `person` a person decides. */
  readonly kind: 'start' | 'phase' | 'person' | 'completed' | 'blocked';
  /** A smaller line or two under the label: the agent, its variants. */
  readonly note?: string;
}

/** A transition, as it is drawn. */
export interface DrawnEdge {
  /** Id of the node that it leaves. */
  readonly from: string;
  /** Id of the node that it reaches. */
  readonly to: string;
  /** The first line is emphasised (the gate), the others are its details (its checks). May be empty. */
  readonly label: string;
  /** The outcome of the gate that leads this way. */
  readonly kind: 'allow' | 'revise' | 'ask' | 'deny';
}

/** A workflow, as it is drawn. All texts are plain: whatever they hold is shown as it is. */
export interface GraphDescription {
  readonly title: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

declare module 'node-red-node-test-helper' {
  import type { Node, NodeAPI } from 'node-red';
  type Register = (RED: NodeAPI) => void;
  const helper: {
    init(runtimePath: string, settings?: object): void;
    settings(settings: object): void;
    load(register: Register | Register[], flow: object[], credentials?: object): Promise<void>;
    unload(): Promise<void>;
    setFlows(flow: object[], type: 'full' | 'flows' | 'nodes'): Promise<void>;
    getNode(id: string): (Node & Record<string, unknown>) | null;
    startServer(done: () => void): void;
    stopServer(done: () => void): void;
    /** what was logged */
    log(): { args: unknown[][] };
  };
  export default helper;
}

import java.nio.file.Files;
import java.nio.file.Path;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * A cluster of several nodes in one process, any of which a test may stop and start.
 *
 * <p>Arguments: folder, number of nodes. A file {@code stop-2} in the folder stops the second node, and takes the
 * file away when that is done; {@code start-2} starts it again.
 */
public final class Cluster {
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int nodes = Integer.parseInt(args[1]);
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.build(OpenSearchRunner.newConfigs().basePath(folder.resolve("nodes").toString()).numOfNode(nodes));
        while (true) {
            for (int node = 0; node < nodes; node++) {
                Path stop = folder.resolve("stop-" + (node + 1));
                Path start = folder.resolve("start-" + (node + 1));
                if (Files.exists(stop)) {
                    runner.getNode(node).close();
                    Files.delete(stop);
                }
                if (Files.exists(start)) {
                    runner.startNode(node);
                    Files.delete(start);
                }
            }
            Thread.sleep(50);
        }
    }
}

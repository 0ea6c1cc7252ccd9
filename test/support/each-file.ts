import { afterAll, afterEach } from "vitest";
import { cleanUpAfterFile, cleanUpAfterTest } from "./clean-up.ts";
import { failOnComplaints } from "./complaints.ts";

// Runs for each test file, and last of all its hooks. The modules of a worker are loaded once for all of its files, so
// that hooks of their own would be those of the first file only.
afterEach(failOnComplaints);
afterAll(failOnComplaints);
afterEach(cleanUpAfterTest);
afterAll(cleanUpAfterFile);

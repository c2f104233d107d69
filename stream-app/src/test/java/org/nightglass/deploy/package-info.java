/** What is shipped beside the code agrees with the code. */
package org.nightglass.deploy;

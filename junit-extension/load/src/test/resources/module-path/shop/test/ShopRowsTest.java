package shop.test;

import io.stampede.data.LoadDataException;
import io.stampede.data.LoadRows;
import org.junit.jupiter.api.Test;
import shop.closed.Door;

/** What is read in code. */
class ShopRowsTest {

    private record User(String name, int age) {}

    @Test
    void code() {
        System.out.println("beside: " + LoadRows.read("users.csv", User.class).row(0));
        System.out.println("root: " + LoadRows.readCsv("root.csv", User.class).row(0));
        try {
            LoadRows.read("closed.csv", Door.RECORD, Door.RECORD);
        } catch (LoadDataException e) {
            System.out.println("closed: " + e.getMessage());
        }
    }
}

package shop;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Prices {
    private final AtomicInteger asked = new AtomicInteger();

    @GetMapping("/prices/{article}")
    String price(@PathVariable String article) {
        asked.incrementAndGet();
        return article + ": 12 EUR";
    }

    int asked() {
        return asked.get();
    }
}

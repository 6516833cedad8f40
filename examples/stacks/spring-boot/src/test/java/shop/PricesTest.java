package shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
class PricesTest {
    @Autowired
    Prices prices;

    @Test
    void namesTheArticle() {
        assertThat(prices.price("teapot")).startsWith("teapot");
    }
}
